using System.Globalization;

namespace DataResilience.Console.Tests.Fakes;

/// <summary>One result of every kind, with every property set.</summary>
internal static class Results
{
    public const string BackupId = "20261122T101500Z-sqlite-shop-k3v9qd";

    public static BackupRepository Repository { get; } = new()
    {
        Location = "/backups",
        RepositoryId = new string('a', 32),
        Fingerprint = "ab12-cd34",
        FormatVersion = 1,
        KeyName = "owner",
        Roles = RepositoryRole.Owner,
        Backups = 2,
        Databases = 1,
        StoredSize = 4_200_000,
        LatestBackup = Local("2026-11-22T10:15:00Z"),
    };

    public static Backup Backup { get; } = new()
    {
        BackupId = BackupId,
        Engine = DatabaseEngine.Sqlite,
        EngineVersion = "3.50.4",
        Server = "host",
        Database = "shop",
        Source = "sqlite:/data/shop.db",
        Type = BackupType.Full,
        Start = Local("2026-11-22T10:15:00Z"),
        End = Local("2026-11-22T10:16:03.5Z"),
        Tables = 3,
        Rows = 100_000,
        TotalSize = 15_000_000,
        StoredSize = 4_200_000,
        NewSize = 4_100_000,
        RecoveryPosition = "",
        Repository = Repository,
        Status = BackupStatus.Complete,
        Reason = "nightly",
        Tags = ["a", "b"],
    };

    public static BackupIntegrity Sound { get; } = new()
    {
        BackupId = BackupId,
        Database = "shop",
        Repository = Repository,
        Level = IntegrityLevel.Checksum,
        IsValid = true,
        ContentOpened = true,
        ChunksTotal = 12,
        ChunksChecked = 12,
        BytesRead = 4_200_000,
        Problems = [],
        Start = Local("2026-11-22T11:00:00Z"),
        Duration = TimeSpan.FromSeconds(1.25),
    };

    public static BackupIntegrity Damaged { get; } = Sound with
    {
        IsValid = false,
        Problems =
        [
            new IntegrityProblem
            {
                Object = "packs/ab/abcdef",
                Table = "orders",
                Kind = ProblemKind.Corrupt,
                Expected = "1234",
                Actual = "5678",
                Recoverable = false,
            },
        ],
    };

    public static BackupRepositoryKey Key { get; } = new()
    {
        KeyId = new string('b', 32),
        Name = "cron",
        Roles = RepositoryRole.Writer | RepositoryRole.Reader,
        Protection = KeyProtection.KeyFile,
        Created = Local("2026-11-01T00:00:00Z"),
        IsCurrent = true,
        Repository = Repository,
    };

    public static RepositoryCheck Check { get; } = new()
    {
        Repository = "/backups",
        Name = "Create",
        Status = CheckStatus.Passed,
        Detail = "created and read back",
    };

    public static RepositoryOptimization Optimization { get; } = new()
    {
        Repository = "/backups",
        Packs = 3,
        OrphanPacks = ["packs/ab/1"],
        OrphanSize = 100,
        WasteSize = 50,
        UnindexedPacks = 0,
        IndexRebuilt = true,
        Duration = TimeSpan.FromMilliseconds(20),
    };

    public static Database Database { get; } = new()
    {
        Name = "shop",
        Engine = DatabaseEngine.Sqlite,
        EngineVersion = "3.50.4",
        Server = "host",
        Endpoint = DatabaseEndpoint.Parse("sqlite:/data/shop.db"),
        Size = 15_000_000,
        Tables = 3,
    };

    public static RestorePlan Plan { get; } = new()
    {
        BackupId = BackupId,
        Repository = Repository,
        Database = "shop",
        Target = "sqlite:/copy.db",
        TargetExists = true,
        CanRestore = false,
        Obstacles = ["the target exists"],
        RecoveredTo = Local("2026-11-22T10:15:00Z"),
        Tables = [new PlannedTable("orders", 95_000, 14_000_000, ["orders_by_user"])],
        Rows = 95_000,
        TotalSize = 14_000_000,
        BytesToRead = 4_000_000,
        TargetFreeSpace = 1L << 40,
        Steps = ["read", "prove"],
    };

    public static RestoreResult Restore { get; } = new()
    {
        BackupId = BackupId,
        Repository = Repository,
        SourceServer = "host",
        TargetServer = "host",
        Database = "shop",
        TargetDatabase = "/copy.db",
        RecoveredTo = Local("2026-11-22T10:15:00Z"),
        Tables = 3,
        Rows = 100_000,
        BytesRestored = 15_000_000,
        IsVerified = true,
        Start = Local("2026-11-22T11:00:00Z"),
        Duration = TimeSpan.FromMinutes(90),
        Steps = [new OperationStep("Load rows", StepStatus.Done, TimeSpan.FromSeconds(2), "100,000 rows")],
    };

    /// <summary>A scripted answer for a result type, lists with one item.</summary>
    public static object Of(Type result)
    {
        object[] all = [Repository, Backup, Sound, Key, Check, Optimization, Database, Plan, Restore];
        Type item = result.IsGenericType ? result.GetGenericArguments()[0] : result;
        object one = all.Single(candidate => candidate.GetType() == item);
        if (item == result)
        {
            return one;
        }

        Array list = Array.CreateInstance(item, 1);
        list.SetValue(one, 0);
        return list;
    }

    private static DateTime Local(string utc) =>
        DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).ToLocalTime();
}
