namespace DataResilience.Engine.Tests.Architecture;

/// <summary>Which project of src may reference what: the one table that the wall tests check.</summary>
internal sealed record Wall(string Project, string AssemblyName, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    private static readonly string[] Analyzers = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    public static IReadOnlyList<Wall> All { get; } =
    [
        Of("DataResilience.Abstractions", [], []),
        Of("DataResilience.Engine", ["DataResilience.Abstractions"], ["System.IO.Hashing", "ZstdSharp.Port"]),
        Of("DataResilience.Sqlite", ["DataResilience.Abstractions"], ["Microsoft.Data.Sqlite"]),
        Of("DataResilience.MySql", ["DataResilience.Abstractions"], ["MySqlConnector"]),
        Of("DataResilience.PostgreSql", ["DataResilience.Abstractions"], ["Npgsql"]),
        Of("DataResilience.Composition",
            ["DataResilience.Abstractions", "DataResilience.Engine", "DataResilience.MySql", "DataResilience.PostgreSql", "DataResilience.Sqlite"], []),
        Of("DataResilience.PowerShell",
            ["DataResilience.Abstractions", "DataResilience.Engine", "DataResilience.Composition", "DataResilience.HelpGenerator"],
            ["PowerShellStandard.Library"]) with
        { AssemblyName = "DataResilience" },
        Of("DataResilience.Console",
            ["DataResilience.Abstractions", "DataResilience.Composition"],
            ["System.CommandLine", "Spectre.Console"]) with
        { AssemblyName = "dataresilience" },
    ];

    /// <summary>The packages a project may name, with the analyzers that every project of src has.</summary>
    public IEnumerable<string> AllowedPackages => [.. Packages, .. Analyzers];

    /// <summary>The assemblies that may stand in the references of the built assembly, beside those of the platform.</summary>
    public IEnumerable<string> AllowedAssemblies => [.. Projects, .. Packages.SelectMany(AssembliesOf)];

    private static Wall Of(string project, string[] projects, string[] packages) => new(project, project, projects, packages);

    private static string[] AssembliesOf(string package) => package switch
    {
        "ZstdSharp.Port" => ["ZstdSharp"],
        "PowerShellStandard.Library" => ["System.Management.Automation"],
        "Microsoft.Data.Sqlite" => ["Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2"],
        "Spectre.Console" => ["Spectre.Console", "Spectre.Console.Ansi"],
        _ => [package],
    };
}
