using System.Text.RegularExpressions;

namespace DataResilience.Console.Output;

/// <summary>
/// Says in the words of this face what the error catalogue says in those of PowerShell: commands for cmdlets,
/// <c>--options</c> for <c>-Parameters</c>.
/// </summary>
internal static partial class ConsoleWording
{
    private static readonly Dictionary<string, string> CommandByCmdlet = new(StringComparer.Ordinal)
    {
        ["Get-Database"] = "databases",
        ["Backup-Database"] = "backup",
        ["Get-DatabaseBackup"] = "list",
        ["Test-BackupIntegrity"] = "verify",
        ["Get-RestorePlan"] = "plan",
        ["Restore-Database"] = "restore",
        ["Remove-DatabaseBackup"] = "remove",
        ["New-BackupRepository"] = "repository init",
        ["Get-BackupRepository"] = "repository info",
        ["Test-BackupRepository"] = "repository test",
        ["Optimize-BackupRepository"] = "repository optimize",
        ["Add-BackupRepositoryKey"] = "key add",
        ["Get-BackupRepositoryKey"] = "key list",
        ["Remove-BackupRepositoryKey"] = "key remove",
    };

    // Where the advice names what only PowerShell has: objects in a pipe, credentials as parameters.
    private static readonly Dictionary<string, string> AdviceByCode = new(StringComparer.Ordinal)
    {
        [Errors.PasswordInUri.Code] =
            "Remove it from the URI and give it by a .pgpass or ~/.my.cnf file, or by the variable PGPASSWORD or MYSQL_PWD.",
        [Errors.ConfirmationRequired.Code] = "Pass --yes to go on without being asked.",
        [Errors.SourceRequired.Code] = "Give it as the first argument or by --source, for example sqlite:path/to/file.db.",
        [Errors.TargetRequired.Code] =
            "Give it as the first argument or by --target. The place a backup came from is never taken as the target by itself.",
        [Errors.DuplicateTarget.Code] = "Give every backup a target of its own.",
        [Errors.LoginRejected.Code] =
            "Check the user, the password (.pgpass or PGPASSWORD; ~/.my.cnf or MYSQL_PWD) and whom the server lets in: pg_hba.conf, or the host of the MySQL account.",
        [Errors.KeyRequired.Code] =
            "Give --key-file or --passphrase-file, or set DATARESILIENCE_KEY_FILE or DATARESILIENCE_PASSPHRASE_FILE.",
    };

    public static string Advice(ErrorDefinition definition) =>
        AdviceByCode.TryGetValue(definition.Code, out string? advice) ? advice : Translate(definition.RecommendedAction);

    /// <summary>The option of a parameter or property: <c>--exclude-table</c> for ExcludeTable.</summary>
    public static string Option(string name) => "--" + WordStart().Replace(name, "-$0").ToLowerInvariant();

    private static string Translate(string text) =>
        Parameter().Replace(
            Cmdlet().Replace(text, match => $"'dataresilience {CommandByCmdlet[match.Value]}'"),
            match => Option(match.Groups["name"].Value))
        .Replace("this module", "dataresilience", StringComparison.Ordinal);

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"\b(?:Get|New|Test|Add|Remove|Restore|Backup|Optimize)-[A-Z][A-Za-z]+")]
    private static partial Regex Cmdlet();

    [GeneratedRegex(@"(?<![\w-])-(?<name>[A-Z][A-Za-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
