using System.Text;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Keys;

public sealed class KeyOpenerTests
{
    private const string FirstKeyring = "keyring/00000001";
    private const string SecondKeyring = "keyring/00000002";

    [Fact]
    public async Task Where_nothing_is_there_is_no_repository()
    {
        var opener = new KeyOpener(new FastDerivation());

        await Refusal.OfAsync(Errors.RepositoryNotFound, () => opener.OpenAsync(new InMemoryObjectStore(), null, KeyedRepository.Token));
    }

    [Fact]
    public async Task Without_a_key_one_is_asked_for()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();

        await Refusal.OfAsync(Errors.KeyRequired, () => repository.Opener.OpenAsync(repository.Store, null, KeyedRepository.Token));
    }

    [Fact]
    public async Task A_wrong_passphrase_costs_one_derivation_and_says_nothing_else()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync(KeyedRepository.PassphraseCredential());
        await repository.AddAsync("second", RepositoryRole.Reader, KeyedRepository.PassphraseCredential("another passphrase"));
        await repository.AddAsync("third", RepositoryRole.Reader, KeyedRepository.PassphraseCredential("a third passphrase"));
        int before = repository.Derivation.Count;

        DataResilienceException refusal = await Refusal.OfAsync(
            Errors.KeyRejected, () => repository.OpenAsync(KeyedRepository.PassphraseCredential("wrong")));

        Assert.Equal(before + 1, repository.Derivation.Count);
        Assert.Null(refusal.InnerException);
        Assert.DoesNotContain("wrong", refusal.ToString());
    }

    [Fact]
    public async Task One_derivation_finds_the_slot_among_many()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync(KeyedRepository.PassphraseCredential());
        await repository.AddAsync("second", RepositoryRole.Reader, KeyedRepository.PassphraseCredential("another passphrase"));
        await repository.AddAsync("third", RepositoryRole.Writer, KeyedRepository.PassphraseCredential("a third passphrase"));
        int before = repository.Derivation.Count;

        OpenedKeys opened = await repository.OpenAsync(KeyedRepository.PassphraseCredential("a third passphrase"));

        Assert.Equal("third", opened.Keys.Name);
        Assert.Equal(before + 1, repository.Derivation.Count);
    }

    [Fact]
    public async Task A_key_file_derives_nothing_and_a_wrong_one_is_rejected()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();

        Assert.Equal("owner", (await repository.OpenAsync()).Keys.Name);
        await Refusal.OfAsync(Errors.KeyRejected, () => repository.OpenAsync(KeyedRepository.KeyFileCredential()));
        Assert.Equal(0, repository.Derivation.Count);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(101, Traits = ["Category", "Slow"])]
    public async Task A_bit_of_one_copy_may_be_flipped_and_the_other_serves_and_it_is_reported(int step)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("mirror", RepositoryRole.Keeper);
        foreach (string name in repository.Store.Names)
        {
            int bits = repository.Store.Content(name).Length * 8;

            // A prime, so that every bit of a byte has its turn; all of them are flipped where files are read.
            for (int bit = 0; bit < bits; bit += step)
            {
                InMemoryObjectStore damaged = repository.Store.Copy();
                damaged.FlipBit(name, bit);

                OpenedKeys opened = await repository.Opener.OpenAsync(damaged, repository.Owner, KeyedRepository.Token);

                Assert.Equal((name, CopyFault.Corrupt), Assert.Single(opened.Findings.Select(finding => (finding.Name, finding.Kind))));
                Assert.Equal(repository.Keys.SlotId, opened.Keys.SlotId);
            }
        }
    }

    [Fact]
    public async Task Any_one_object_may_be_missing_cut_or_grown()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("mirror", RepositoryRole.Keeper);
        foreach (string name in repository.Store.Names)
        {
            byte[] content = repository.Store.Content(name);
            foreach (byte[]? replacement in new byte[]?[] { null, [], content[..^1], content[..40], [.. content, 0], new byte[20_000_000] })
            {
                InMemoryObjectStore damaged = repository.Store.Copy();
                if (replacement is null)
                {
                    await damaged.DeleteAsync(name, KeyedRepository.Token);
                }
                else
                {
                    damaged.Overwrite(name, replacement);
                }

                OpenedKeys opened = await repository.Opener.OpenAsync(damaged, repository.Owner, KeyedRepository.Token);

                CopyFinding finding = Assert.Single(opened.Findings);
                Assert.Equal((name, replacement is null ? CopyFault.Missing : CopyFault.Corrupt), (finding.Name, finding.Kind));
            }
        }
    }

    [Fact]
    public async Task What_is_missing_is_written_again()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        foreach (string name in repository.Store.Names)
        {
            InMemoryObjectStore damaged = repository.Store.Copy();
            await damaged.DeleteAsync(name, KeyedRepository.Token);
            OpenedKeys opened = await repository.Opener.OpenAsync(damaged, repository.Owner, KeyedRepository.Token);

            Assert.Equal([name], await MissingCopies.RestoreAsync(damaged, opened, KeyedRepository.Token));
            Assert.Equal(repository.Store.Content(name), damaged.Content(name));
        }
    }

    [Theory]
    [InlineData(FirstKeyring)]
    [InlineData(SecondKeyring)]
    public async Task A_keyring_of_which_both_copies_are_damaged_is_not_passed_over(string name)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("mirror", RepositoryRole.Keeper);
        repository.Store.FlipBit(name, 1000);
        repository.Store.FlipBit(KeyObjectNames.CopyOf(name), 1001);

        Assert.Equal(name, (await Refusal.OfAsync(Errors.ObjectDamaged, () => repository.OpenAsync())).Target);
    }

    [Fact]
    public async Task A_keyring_of_which_both_copies_are_gone_is_noticed_by_the_one_after_it()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("mirror", RepositoryRole.Keeper);
        await repository.AddAsync("reader", RepositoryRole.Reader);
        foreach (string name in new[] { FirstKeyring, SecondKeyring })
        {
            InMemoryObjectStore damaged = repository.Store.Copy();
            await damaged.DeleteAsync(name, KeyedRepository.Token);
            await damaged.DeleteAsync(KeyObjectNames.CopyOf(name), KeyedRepository.Token);

            DataResilienceException refusal = await Refusal.OfAsync(
                Errors.ObjectDamaged, () => repository.Opener.OpenAsync(damaged, repository.Owner, KeyedRepository.Token));
            Assert.Equal(name, refusal.Target);
        }
    }

    [Fact]
    public async Task A_slot_of_which_both_copies_are_lost_does_not_keep_others_out()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        SlotCredential lost = KeyedRepository.KeyFileCredential();
        RepositoryKeys mirror = await repository.AddAsync("mirror", RepositoryRole.Keeper, lost);
        string name = KeyObjectNames.Slot(mirror.SlotId);
        repository.Store.FlipBit(name, 900);
        await repository.Store.DeleteAsync(KeyObjectNames.CopyOf(name), KeyedRepository.Token);

        OpenedKeys opened = await repository.OpenAsync();

        Assert.Equal("owner", opened.Keys.Name);
        Assert.Equal([CopyFault.Corrupt, CopyFault.Missing], opened.Findings.Select(finding => finding.Kind));
        Assert.Equal(name, (await Refusal.OfAsync(Errors.ObjectDamaged, () => repository.OpenAsync(lost))).Target);
    }

    [Fact]
    public async Task Foreign_objects_are_reported_and_ignored()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        KeyedRepository other = await KeyedRepository.FoundAsync();
        await other.AddAsync("mirror", RepositoryRole.Keeper);
        InMemoryObjectStore store = repository.Store;
        string[] foreign =
        [
            "keyring/readme.txt", "keyring/1", "keyring/00000000", SecondKeyring,
            "keys/readme.txt", "keys/" + new string('a', 32), "copies/keys/" + new string('b', 32),
        ];
        foreach (string name in foreign)
        {
            store.Overwrite(name, Encoding.UTF8.GetBytes("hello"));
        }

        store.Overwrite(SecondKeyring, other.Store.Content(SecondKeyring));
        store.Overwrite(KeyObjectNames.CopyOf(SecondKeyring), other.Store.Content(SecondKeyring));

        OpenedKeys opened = await repository.OpenAsync();

        Assert.Equal(1u, opened.Keyring.Number);
        Assert.Equal(foreign.Length + 1, opened.Findings.Count);
        Assert.All(opened.Findings, finding => Assert.Equal(CopyFault.Foreign, finding.Kind));
    }

    [Theory]
    [InlineData(SecondKeyring)]
    [InlineData("copies/keyring/00000002")]
    [InlineData("copies/keyring/00000007")]
    public async Task What_is_not_whole_above_the_newest_keyring_is_not_passed_over(string name)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        KeyedRepository other = await KeyedRepository.FoundAsync();
        await other.AddAsync("mirror", RepositoryRole.Keeper);
        byte[] whole = other.Store.Content(SecondKeyring);
        byte[] otherId = [.. whole];
        otherId[20] ^= 1;
        foreach (byte[] content in new byte[][] { [], "hello"u8.ToArray(), whole[..^1], otherId, [.. whole[..^1], (byte)(whole[^1] ^ 1)], new byte[20_000_000] })
        {
            InMemoryObjectStore damaged = repository.Store.Copy();
            damaged.Overwrite(name, content);

            DataResilienceException refusal = await Refusal.OfAsync(
                Errors.ObjectDamaged, () => repository.Opener.OpenAsync(damaged, repository.Owner, KeyedRepository.Token));
            Assert.Equal(name, refusal.Target);
        }
    }

    [Fact]
    public async Task The_only_copy_of_the_newest_keyring_is_not_passed_over_whichever_bit_is_flipped()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("mirror", RepositoryRole.Keeper);
        await repository.Store.DeleteAsync(KeyObjectNames.CopyOf(SecondKeyring), KeyedRepository.Token);
        int bits = repository.Store.Content(SecondKeyring).Length * 8;
        foreach (int bit in Enumerable.Range(0, bits).Where(bit => bit < CommonHeader.Size * 8 || bit % 101 == 0))
        {
            InMemoryObjectStore damaged = repository.Store.Copy();
            damaged.FlipBit(SecondKeyring, bit);

            DataResilienceException refusal = await Assert.ThrowsAsync<DataResilienceException>(
                () => repository.Opener.OpenAsync(damaged, repository.Owner, KeyedRepository.Token));
            Assert.Contains(refusal.ErrorCode, new[] { Errors.ObjectDamaged.Code, Errors.RepositoryUnsupported.Code });
        }
    }

    [Fact]
    public async Task A_keyring_of_a_later_version_is_refused_by_name()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        byte[] later = repository.Store.Content(FirstKeyring);
        later[5] = 2;
        repository.Store.Overwrite(SecondKeyring, later);

        DataResilienceException refusal = await Refusal.OfAsync(Errors.RepositoryUnsupported, () => repository.OpenAsync());
        Assert.Contains(SecondKeyring, refusal.Message);
    }

    [Fact]
    public async Task A_repository_of_a_later_format_is_refused_and_a_flipped_digit_of_it_is_not_one()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        string text = Encoding.UTF8.GetString(repository.Store.Content(KeyObjectNames.Repository));
        repository.Store.Overwrite(KeyObjectNames.Repository, Encoding.UTF8.GetBytes(text.Replace("\"format\":1", "\"format\":3")));

        Assert.Equal(CopyFault.Corrupt, Assert.Single((await repository.OpenAsync()).Findings).Kind);

        foreach (string name in repository.Store.Names.Where(name => name.Contains("keyring", StringComparison.Ordinal)))
        {
            await repository.Store.DeleteAsync(name, KeyedRepository.Token);
        }

        repository.Store.Overwrite(FirstKeyring, [1, 2, 3]);
        DataResilienceException refusal = await Refusal.OfAsync(Errors.RepositoryUnsupported, () => repository.OpenAsync());
        Assert.Contains("format 3", refusal.Message);
    }

    [Fact]
    public async Task The_other_signature_that_is_as_good_is_refused_and_does_not_break_the_chain()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("mirror", RepositoryRole.Keeper);
        byte[] keyring = repository.Store.Content(FirstKeyring);
        NegateSignature(keyring.AsSpan(^P256.SignatureBytes..));
        repository.Store.Overwrite(FirstKeyring, keyring);

        OpenedKeys opened = await repository.OpenAsync();

        Assert.Equal(2u, opened.Keyring.Number);
        Assert.NotEmpty(opened.Findings);
    }

    [Fact]
    public async Task An_open_key_goes_on_with_what_others_changed_and_ends_when_its_slot_is_removed()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys reader = await repository.AddAsync("reader", RepositoryRole.Reader);
        RepositoryKeys writer = await repository.AddAsync("writer", RepositoryRole.Writer);
        await repository.RemoveAsync(writer.SlotId);

        OpenedKeys renewed = await KeyOpener.ReopenAsync(repository.Store, reader, KeyedRepository.Token);

        Assert.Equal(2u, renewed.Keys.Generation);
        Assert.Equal(repository.Keys.CatalogKey(2), renewed.Keys.CatalogKey(2));
        await Refusal.OfAsync(Errors.KeyRejected, () => KeyOpener.ReopenAsync(repository.Store, writer, KeyedRepository.Token));
    }

    [Fact]
    public async Task More_objects_than_anybody_has_are_refused()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        for (int number = 0; number <= KeyObjectList.MaxObjects; number++)
        {
            repository.Store.Overwrite($"keys/{number}", []);
        }

        await Refusal.OfAsync(Errors.ObjectDamaged, () => repository.OpenAsync());
    }

    /// <summary>(r, s) becomes (r, n - s), which verifies as well (SEC 1, 4.1.4).</summary>
    private static void NegateSignature(Span<byte> signature)
    {
        var order = new System.Numerics.BigInteger(
            Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
        Span<byte> s = signature[32..];
        var negated = order - new System.Numerics.BigInteger(s, isUnsigned: true, isBigEndian: true);
        byte[] bytes = negated.ToByteArray(isUnsigned: true, isBigEndian: true);
        s.Clear();
        bytes.CopyTo(s[(32 - bytes.Length)..]);
    }
}
