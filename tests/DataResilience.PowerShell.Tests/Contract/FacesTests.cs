using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace DataResilience.PowerShell.Tests.Contract;

/// <summary>Every operation through both faces, on one repository: the same results, and for the same bad input the same error code.</summary>
[Trait("Category", "Slow")]
public sealed class FacesTests : IDisposable
{
    private const string Key = "--repository backups --key-file backups.key";

    private readonly Sandbox sandbox = new Sandbox().WithBackups();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("Get-Database sqlite:.", "databases sqlite:.", "Name Engine EngineVersion Size Tables Encoding")]
    [InlineData("Get-DatabaseBackup -Repository $repo", $"list {Key}", "BackupId Engine Server Database Source Type Tables Rows TotalSize StoredSize NewSize RecoveryPosition Status")]
    [InlineData("Get-BackupRepository ./backups -KeyFile ./backups.key", $"repository info {Key}", "Location RepositoryId Fingerprint FormatVersion KeyName Roles Backups Databases StoredSize")]
    [InlineData("Test-BackupRepository -Repository $repo", $"repository test {Key}", "Name Status Detail RecommendedAction")]
    [InlineData("Optimize-BackupRepository -Repository $repo", $"repository optimize {Key}", "Packs OrphanSize WasteSize UnindexedPacks IndexRebuilt")]
    [InlineData("Get-BackupRepositoryKey -Repository $repo", $"key list {Key}", "KeyId Name Roles Protection IsCurrent")]
    [InlineData("Test-BackupIntegrity -Repository $repo", $"verify {Key}", "BackupId Database Level IsValid ContentOpened ProblemCount")]
    [InlineData("Get-RestorePlan -Backup latest -Database crm -Repository $repo -Target sqlite:x.db", $"plan sqlite:x.db --database crm {Key}", "BackupId Database Target TargetExists CanRestore Rows TotalSize BytesToRead")]
    [InlineData("Restore-Database -Backup latest -Database crm -Repository $repo -Target sqlite:a.db", $"restore sqlite:b.db --database crm {Key}", "BackupId SourceServer Database Tables Rows BytesRestored IsVerified")]
    [InlineData("Backup-Database sqlite:crm.db -Repository $repo", $"backup sqlite:crm.db {Key}", "Engine Server Database Source Type Tables Rows TotalSize StoredSize Status")]
    [InlineData("New-BackupRepository ./one -KeyFile ./one.key", "repository init --repository two --key-file two.key", "FormatVersion KeyName Roles Backups Databases")]
    [InlineData("Add-BackupRepositoryKey one -Role Writer -NewKeyFile ./one.key -Repository $repo", $"key add two --role writer --new-key-file two.key {Key}", "Roles Protection IsCurrent")]
    [InlineData("Remove-DatabaseBackup (Get-DatabaseBackup -Database shop -Repository $repo) -AllowLastBackup -PassThru -Confirm:$false", $"remove latest --database crm --allow-last-backup --yes {Key}", "Engine Server Type Status")]
    public void An_operation_gives_the_same_through_both_faces(string script, string commandLine, string properties)
    {
        string[] names = properties.Split(' ');

        string[] cmdlet = [.. sandbox.Module.Invoke(script).Select(result => Text(result, names))];
        string[] console = [.. ConsoleFace.Results(sandbox.Root, commandLine).Select(result => Text(result, names))];

        Assert.NotEmpty(cmdlet);
        Assert.Equal(cmdlet, console);
    }

    [Fact]
    public void A_key_is_removed_through_both_faces()
    {
        sandbox.Module.Invoke("'one', 'two' | ForEach-Object { Add-BackupRepositoryKey $_ -Role Reader -NewKeyFile \"./$_.key\" -Repository $repo }");

        PSObject cmdlet = Assert.Single(sandbox.Module.Invoke("Remove-BackupRepositoryKey one -Repository $repo -PassThru -Confirm:$false"));
        JsonElement console = Assert.Single(ConsoleFace.Results(sandbox.Root, $"key remove two {Key}"));

        Assert.Equal(Text(cmdlet, "Roles", "Protection"), Text(console, "Roles", "Protection"));
    }

    [Theory]
    [InlineData("SourceNotFound", "Backup-Database sqlite:nothing.db -Repository $repo", $"backup sqlite:nothing.db {Key}")]
    [InlineData("NotADatabase", "Backup-Database sqlite:backups.key -Repository $repo", $"backup sqlite:backups.key {Key}")]
    [InlineData("EndpointInvalid", "Backup-Database oracle:x -Repository $repo", $"backup oracle:x {Key}")]
    [InlineData("PasswordInUri", "Backup-Database mysql://u:p@h/d -Repository $repo", $"backup mysql://u:p@h/d {Key}")]
    [InlineData("RepositoryNotFound", "Get-DatabaseBackup -Repository ./nowhere -KeyFile ./backups.key", "list --repository nowhere --key-file backups.key")]
    [InlineData("KeyFileInvalid", "Get-DatabaseBackup -Repository ./backups -KeyFile ./shop.db", "list --repository backups --key-file shop.db")]
    [InlineData("KeyRequired", "Get-DatabaseBackup -Repository ./backups", "list --repository backups")]
    [InlineData("NothingMatched", "Get-DatabaseBackup -Repository $repo -Database none", $"list --database none {Key}")]
    [InlineData("BackupNotFound", "Restore-Database -Backup none -Repository $repo -Target sqlite:a.db", $"restore sqlite:a.db --backup none {Key}")]
    [InlineData("AmbiguousBackup", "Restore-Database -Backup latest -Repository $repo -Target sqlite:a.db", $"restore sqlite:a.db {Key}")]
    [InlineData("TableNotInBackup", "Restore-Database -Backup latest -Database crm -Repository $repo -Target sqlite:a.db -Table none", $"restore sqlite:a.db --database crm --table none {Key}")]
    [InlineData("TargetExists", "Restore-Database -Backup latest -Database crm -Repository $repo -Target sqlite:shop.db", $"restore sqlite:shop.db --database crm {Key}")]
    [InlineData("LastBackup", "Remove-DatabaseBackup latest -Database crm -Repository $repo -Confirm:$false", $"remove latest --database crm --yes {Key}")]
    [InlineData("RepositoryExists", "New-BackupRepository ./backups -KeyFile ./backups.key", "repository init --repository backups --key-file backups.key")]
    [InlineData("LastAdminKey", "Remove-BackupRepositoryKey owner -Repository $repo -Confirm:$false", $"key remove owner {Key}")]
    public void Bad_input_has_the_same_error_code_through_both_faces(string code, string script, string commandLine)
    {
        ErrorRecord error = Assert.Single(sandbox.Module.Run(script).Errors);

        Assert.Equal(code, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(code, ConsoleFace.ErrorCode(sandbox.Root, commandLine));
    }

    private static string Text(PSObject result, params string[] names) =>
        string.Join("; ", names.Select(name => $"{name}={Convert.ToString(result.Properties[name].Value, CultureInfo.InvariantCulture)}"));

    private static string Text(JsonElement result, params string[] names) =>
        string.Join("; ", names.Select(name => $"{name}={Text(result.GetProperty(name))}"));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => bool.TrueString,
        JsonValueKind.False => bool.FalseString,
        JsonValueKind.Null => "",
        _ => value.ToString(),
    };
}
