using System.Text.Json.Nodes;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Testing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Keys;

/// <summary>Opens a repository whose keys another implementation wrote from the specification (Vectors/make_vectors.py).</summary>
public sealed class VectorTests
{
    private static readonly JsonNode Vectors = JsonNode.Parse(File.ReadAllText(
        Path.Combine(RepositoryLayout.Root, "tests", "DataResilience.Engine.Tests", "Keys", "Vectors", "repository.json")))!;

    [Fact]
    public async Task A_passphrase_opens_it_with_the_real_derivation()
    {
        using SlotCredential credential = KeyedRepository.PassphraseCredential(Text("passphrase"));

        OpenedKeys opened = await new KeyOpener(new Pbkdf2Derivation()).OpenAsync(Store(), credential, KeyedRepository.Token);

        Assert.Empty(opened.Findings);
        Assert.Equal(RepositoryRole.Owner, opened.Keys.Roles);
        Assert.Equal("owner", opened.Keys.Name);
        Assert.Equal(Text("fingerprint"), opened.Keyring.Fingerprint);
        Assert.Equal(Hex("catalogKey"), opened.Keys.CatalogKey(1));
        Assert.Equal(Hex("deduplicationSecret"), opened.Keys.DeduplicationSecret());
        Assert.Equal(Hex("contentPublicKey"), opened.Keys.ContentPublicKey(1));
        Assert.Equal(
            Hex("contentKey"),
            opened.Keys.OpenContentBox(1, ObjectId.Read(Hex("contentKeyId")), Base64(Vectors["contentBox"])));
        byte[] signature = opened.Keys.SignAsAdmin("message"u8);
        Assert.True(opened.Keys.Verify(ObjectId.Zero, "message"u8, signature));
    }

    [Fact]
    public async Task A_key_file_opens_its_slot_and_the_record_opens_with_it()
    {
        using SlotCredential credential = KeyFileOfVectors();
        OpenedKeys opened = await new KeyOpener(new FastDerivation()).OpenAsync(Store(), credential, KeyedRepository.Token);
        JsonNode record = Vectors["record"]!;

        OpenedRecord read = RecordSealer.Open((string)record["name"]!, Base64(record["bytes"]), opened.Keys);

        Assert.Equal("nightly", opened.Keys.Name);
        Assert.Equal(RepositoryRole.Writer, opened.Keys.Roles);
        Assert.Equal(ObjectKind.Manifest, read.Kind);
        Assert.Equal(Base64(record["plain"]), read.Plain);
        Assert.Equal(opened.Keyring.FindSlot("owner")!.Id, read.Signer);
        Assert.False(read.IsRevoked);
    }

    [Fact]
    public void A_passphrase_is_normalized_as_there()
    {
        using var passphrase = KeyedRepository.Secure(Text("passphrase"));

        Assert.Equal(Hex("normalizedUtf8"), PassphraseText.ToNormalizedUtf8(passphrase));
    }

    [Fact]
    public async Task Its_repository_json_is_the_one_that_would_be_written_here()
    {
        InMemoryObjectStore store = Store();
        byte[] there = store.Content(KeyObjectNames.Repository);
        using SlotCredential credential = KeyFileOfVectors();
        await store.DeleteAsync(KeyObjectNames.Repository, KeyedRepository.Token);

        OpenedKeys opened = await new KeyOpener(new FastDerivation()).OpenAsync(store, credential, KeyedRepository.Token);
        await MissingCopies.RestoreAsync(store, opened, KeyedRepository.Token);

        Assert.Equal(there, store.Content(KeyObjectNames.Repository));
    }

    private static SlotCredential KeyFileOfVectors()
    {
        string path = Path.Combine(Path.GetTempPath(), $"key-{Convert.ToHexStringLower(ObjectId.New(KeyedRepository.Random).ToArray())}");
        File.WriteAllText(path, Text("keyFile"));
        try
        {
            using KeyFile file = KeyFile.Read(path);
            return SlotCredential.OfKeyFile(file.Secret);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static InMemoryObjectStore Store()
    {
        var store = new InMemoryObjectStore();
        foreach ((string name, JsonNode? content) in Vectors["objects"]!.AsObject())
        {
            store.Overwrite(name, Base64(content));
        }

        return store;
    }

    private static string Text(string name) => (string)Vectors[name]!;

    private static byte[] Hex(string name) => Convert.FromHexString(Text(name));

    private static byte[] Base64(JsonNode? node) => Convert.FromBase64String((string)node!);
}
