using System.Management.Automation;

namespace DataResilience.PowerShell.Tests.Commands;

public sealed class ArgumentTests(StagedModule module) : IClassFixture<StagedModule>
{
    [Theory]
    [InlineData("'90s'", 90)]
    [InlineData("'1h30m'", 5400)]
    [InlineData("'1.5 h'", 5400)]
    [InlineData("'7d'", 604800)]
    [InlineData("'1W'", 604800)]
    [InlineData("'500ms'", 0.5)]
    [InlineData("'00:05:00'", 300)]
    [InlineData("30", 30)]
    [InlineData("'30'", 30)]
    [InlineData("0.5", 0.5)]
    [InlineData("[timespan]::FromMinutes(1)", 60)]
    public void A_duration_is_read_as_people_write_it(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Transformed("DurationTransformationAttribute", value));

    [Theory]
    [InlineData("'soon'")]
    [InlineData("'5 parsecs'")]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("1e300")]
    public void What_is_no_duration_is_refused(string value) => AssertRefused("DurationTransformationAttribute", value);

    [Fact]
    public void A_time_ago_is_a_local_time_in_the_past()
    {
        var time = (DateTime)Transformed("PointInTimeTransformationAttribute", "'2h ago'");

        Assert.Equal(DateTimeKind.Local, time.Kind);
        Assert.InRange(DateTime.Now - time, TimeSpan.FromHours(2), TimeSpan.FromHours(2.1));
    }

    [Fact]
    public void A_time_with_a_zone_becomes_the_same_moment_in_local_time()
    {
        var time = (DateTime)Transformed("PointInTimeTransformationAttribute", "'2026-11-22T10:15:00Z'");

        Assert.Equal(new DateTime(2026, 11, 22, 10, 15, 0, DateTimeKind.Utc), time.ToUniversalTime());
        Assert.Equal(DateTimeKind.Local, time.Kind);
    }

    [Theory]
    [InlineData("'2026-11-22 10:15'")]
    [InlineData("[datetime]'2026-11-22 10:15'")]
    public void A_time_without_a_zone_is_local(string value) =>
        Assert.Equal(
            new DateTime(2026, 11, 22, 10, 15, 0, DateTimeKind.Local), Transformed("PointInTimeTransformationAttribute", value));

    [Theory]
    [InlineData("'yesterday'")]
    [InlineData("'ago'")]
    [InlineData("$null")]
    public void What_is_no_point_in_time_is_refused(string value) => AssertRefused("PointInTimeTransformationAttribute", value);

    [Fact]
    public void Any_object_with_BackupId_and_Repository_is_a_backup()
    {
        var backup = (BackupReference)Transformed(
            "BackupTransformationAttribute", "[pscustomobject]@{ BackupId = 'abc'; Repository = '/backups' }");

        Assert.Equal(("abc", "/backups"), (backup.Id, backup.Repository!.Location));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("[pscustomobject]@{ BackupId = $null; Repository = '/backups' }")]
    [InlineData("[datetime]::MinValue")]
    public void What_names_no_backup_never_means_the_latest(string value) => AssertRefused("BackupTransformationAttribute", value);

    [Fact]
    public void A_file_is_a_database()
    {
        dynamic argument = Transformed("EndpointTransformationAttribute", "[System.IO.FileInfo]::new('/data/shop.db')");

        Assert.Equal("sqlite:" + Path.GetFullPath("/data/shop.db"), argument.ToString());
    }

    [Theory]
    [InlineData("42")]
    [InlineData("$null")]
    public void What_is_no_endpoint_is_refused(string value) => AssertRefused("EndpointTransformationAttribute", value);

    [Theory]
    [InlineData("Backup-Database shop.db -Repository x", "EndpointInvalid")]
    [InlineData("Backup-Database postgresql://me:secret@host/shop -Repository x", "PasswordInUri")]
    [InlineData("'shop.db' | Backup-Database -Repository x", "EndpointInvalid")]
    [InlineData("Get-Database sqlite:env:x", "ArgumentInvalid")]
    [InlineData("Restore-Database latest -TargetServer host -TargetDatabase shop -Repository x", "ArgumentInvalid")]
    public void A_wrong_endpoint_has_its_own_error_code(string script, string code) =>
        Assert.Equal([code], module.Run(script).ErrorCodes);

    [Fact]
    public void A_password_is_in_no_part_of_its_error()
    {
        var error = Assert.Single(module.Run("Backup-Database postgresql://me:secret@host/shop").Errors);

        Assert.DoesNotContain("secret", error + error.TargetObject?.ToString() + error.Exception + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_has_id_class_category_target_and_advice()
    {
        var error = Assert.Single(module.Run("Backup-Database shop.db").Errors);

        Assert.Equal("EndpointInvalid,DataResilience.PowerShell.Commands.BackupDatabaseCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("shop.db", error.TargetObject);
        Assert.IsType<DataResilienceException>(error.Exception);
        Assert.Contains("sqlite:", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private object Transformed(string attribute, string value) => module
        .Invoke($"[DataResilience.PowerShell.Arguments.{attribute}]::new().Transform($ExecutionContext, ({value}))").Single().BaseObject;

    private void AssertRefused(string attribute, string value)
    {
        var run = module.Run($"[DataResilience.PowerShell.Arguments.{attribute}]::new().Transform($ExecutionContext, ({value}))");

        Assert.Empty(run.Output);
        Assert.IsType<ArgumentTransformationMetadataException>(Assert.Single(run.Errors).Exception.InnerException);
    }
}
