using System.Text;
using System.Text.Json;

namespace DataResilience.Integration.Tests.Format;

/// <summary>What the product writes is what the specification says: a reader that shares no code with it agrees.</summary>
public sealed class ReaderTests
{
    private static readonly string[] Tables = ["plain", "keyed", "deep", "od'd \"name\"", "large", "empty"];

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task It_lists_verifies_and_reads_every_row(string encoding)
    {
        await PythonReader.RequireAsync();
        using var workspace = new Workspace();
        await MakeAsync(workspace, encoding);
        Backup first = await workspace.BackupAsync("shop.db");
        SqliteDump.Execute(workspace.PathOf("shop.db"), "INSERT INTO plain VALUES('another', 5)");
        Backup second = await workspace.BackupAsync("shop.db");
        await workspace.RunAsync(new RemoveDatabaseBackupRequest { Repository = workspace.Repository, Backup = new BackupReference(first.BackupId) });
        await workspace.RunAsync(new TestBackupIntegrityRequest { Repository = workspace.Repository });

        ReaderRun list = (await RunAsync(workspace, "list")).Expect(0);
        ReaderRun verified = (await RunAsync(workspace, "verify", "--rows")).Expect(0);

        Assert.StartsWith(second.BackupId, Assert.Single(list.Lines));
        Assert.Contains($"{second.Rows} rows", list.Output);
        Assert.DoesNotContain("note", verified.Output);
        foreach (string table in Tables)
        {
            AssertRows(workspace.PathOf("shop.db"), table, (await RunAsync(workspace, "dump", second.BackupId, "--table", table)).Expect(0));
        }
    }

    [Fact]
    public async Task It_finds_a_flipped_bit_in_every_kind_of_object()
    {
        await PythonReader.RequireAsync();
        using var workspace = new Workspace();
        await MakeAsync(workspace, "UTF-8");
        Backup first = await workspace.BackupAsync("shop.db");
        await workspace.BackupAsync("shop.db");
        await workspace.RunAsync(new RemoveDatabaseBackupRequest { Repository = workspace.Repository, Backup = new BackupReference(first.BackupId) });
        await workspace.RunAsync(new TestBackupIntegrityRequest { Repository = workspace.Repository });
        var random = new Random(20261123);
        IEnumerable<IGrouping<string, string>> kinds = Directory.EnumerateFiles(workspace.RepositoryPath, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(workspace.RepositoryPath, path)).Order(StringComparer.Ordinal)
            .GroupBy(name => name.StartsWith("copies", StringComparison.Ordinal) ? string.Join('/', name.Split('/')[..2]) : name.Split('/')[0]);
        foreach (string name in kinds.Select(kind => kind.ElementAt(random.Next(kind.Count()))))
        {
            await AssertFoundAsync(workspace, name, random);
        }
    }

    [Fact]
    public async Task Each_role_reads_what_is_its_own()
    {
        await PythonReader.RequireAsync();
        using var workspace = new Workspace();
        await MakeAsync(workspace, "UTF-8");
        Backup backup = await workspace.BackupAsync("shop.db");
        foreach (RepositoryRole role in new[] { RepositoryRole.Keeper, RepositoryRole.Writer, RepositoryRole.Reader })
        {
            string key = workspace.PathOf($"{role}.key");
            await workspace.RunAsync(new AddBackupRepositoryKeyRequest { Repository = workspace.Repository, Name = $"{role}", Role = role, NewKeyFile = key });

            (await PythonReader.RunAsync(workspace.RepositoryPath, "--key-file", key, "verify")).Expect(0);
            (await PythonReader.RunAsync(workspace.RepositoryPath, "--key-file", key, "dump", backup.BackupId)).Expect(role == RepositoryRole.Reader ? 0 : 1);
        }

        await workspace.RunAsync(new RemoveBackupRepositoryKeyRequest { Repository = workspace.Repository, Name = "Writer" });
        (await PythonReader.RunAsync(workspace.RepositoryPath, "--key-file", workspace.PathOf("Writer.key"), "list")).Expect(1);
        await workspace.BackupAsync("shop.db");
        (await RunAsync(workspace, "verify", "--rows")).Expect(0);
    }

    private static Task<ReaderRun> RunAsync(Workspace workspace, params string[] command) =>
        PythonReader.RunAsync(workspace.RepositoryPath, "--key-file", workspace.KeyFile, command);

    private static async Task MakeAsync(Workspace workspace, string encoding)
    {
        SqliteDump.Execute(workspace.PathOf("shop.db"),
            $"PRAGMA encoding = '{encoding}'",
            "CREATE TABLE plain(a, b)",
            "CREATE TABLE keyed(id INTEGER PRIMARY KEY, word TEXT, twice AS (id * 2), thrice AS (id * 3) STORED)",
            "CREATE TABLE deep(a TEXT, b INTEGER, c, PRIMARY KEY(a, b)) WITHOUT ROWID",
            "CREATE TABLE \"od'd \"\"name\"\"\"(\"a b\", \"ü\")",
            "CREATE TABLE large(id INTEGER PRIMARY KEY, data BLOB)",
            "CREATE TABLE empty(x)",
            "INSERT INTO plain VALUES(NULL, 1), (-1, 1.5), (9223372036854775807, -9223372036854775808), (9e999, -9e999), (1e-300, 0.1)",
            "INSERT INTO plain VALUES('é€😀', x''), ('', x'00FF'), ('with ' || char(0) || ' zero', char(10))",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO keyed(id, word) SELECT i * 1000 - 500000, 'word ' || i FROM n",
            "INSERT INTO deep VALUES('b', 2, NULL), ('a', 1, x'01'), ('ä', -7, 'text')",
            "INSERT INTO \"od'd \"\"name\"\"\" VALUES(1, 'one')",
            "INSERT INTO large VALUES(1, randomblob(9000000)), (2, zeroblob(5000000)), (3, x'AA')");
        await workspace.NewRepositoryAsync();
    }

    private static async Task AssertFoundAsync(Workspace workspace, string name, Random random)
    {
        string path = Path.Combine(workspace.RepositoryPath, name);
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        byte[] damaged = [.. whole];
        int at = random.Next(whole.Length);
        damaged[at] ^= (byte)(1 << random.Next(8));
        await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);

        ReaderRun run = (await RunAsync(workspace, "verify")).Expect(3);

        await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
        string original = name.StartsWith("copies/", StringComparison.Ordinal) ? name["copies/".Length..] : name;
        Assert.True(run.Findings.Any(line => line.Contains(original, StringComparison.Ordinal)), $"byte {at} of {name}:\n{run.Output}");
    }

    private static void AssertRows(string database, string table, ReaderRun dumped)
    {
        List<JsonElement> rows = [.. dumped.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        string[] columns = rows.Count == 0 ? ["x"] : [.. rows[0].EnumerateObject().Select(property => property.Name)];
        using var dump = new SqliteDump(database);
        Assert.Equal(
            dump.Rows(table, columns).Select(row => string.Join(", ", row)).Order(StringComparer.Ordinal),
            rows.Select(row => string.Join(", ", row.EnumerateObject().Select(property => Literal(property.Value)))).Order(StringComparer.Ordinal));
    }

    private static string Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "NULL",
        JsonValueKind.Number => value.TryGetInt64(out long number) && !value.GetRawText().Contains('.', StringComparison.Ordinal)
            ? SqliteDump.Literal("integer", number) : SqliteDump.Real(value.GetDouble()),
        JsonValueKind.String => SqliteDump.Text(Encoding.UTF8.GetBytes(value.GetString()!)),
        _ when value.TryGetProperty("blob", out JsonElement blob) => SqliteDump.Literal("blob", blob.GetBytesFromBase64()),
        _ when value.TryGetProperty("text", out JsonElement text) => SqliteDump.Text(text.GetBytesFromBase64()),
        _ => SqliteDump.Real(value.GetProperty("real").GetString() == "inf" ? double.PositiveInfinity : double.NegativeInfinity),
    };
}
