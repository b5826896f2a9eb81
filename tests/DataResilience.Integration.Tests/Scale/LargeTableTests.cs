using System.Globalization;

namespace DataResilience.Integration.Tests.Scale;

/// <summary>Memory and size with a large table.</summary>
[Trait("Category", "Slow")]
public sealed class LargeTableTests(LargeTable table, ITestOutputHelper output) : IClassFixture<LargeTable>
{
    private const long MostMemory = 250_000_000;

    [Fact]
    public void Backup_verification_and_restore_of_five_million_rows_stay_within_250_megabytes()
    {
        RequireMeasured();
        output.WriteLine(table.First.Cost.Describe("Backup", table.DatabaseBytes));
        output.WriteLine(table.Unchanged.Cost.Describe("Backup, unchanged", table.DatabaseBytes));
        output.WriteLine(table.Verification.Cost.Describe("Verification", table.First.Number("TotalSize")));
        output.WriteLine(table.Restore.Cost.Describe("Restore", table.DatabaseBytes));
        output.WriteLine(table.Appended.Cost.Describe("Backup, a hundredth appended", table.DatabaseBytes));

        Assert.Equal(LargeTable.Rows, table.First.Number("Rows"));
        Assert.True(table.Verification.Result.GetProperty("IsValid").GetBoolean());
        Assert.True(table.Restore.Result.GetProperty("IsVerified").GetBoolean());
        Assert.InRange(table.First.Cost.PeakBytes, 1, MostMemory);
        Assert.InRange(table.Unchanged.Cost.PeakBytes, 1, MostMemory);
        Assert.InRange(table.Verification.Cost.PeakBytes, 1, MostMemory);
        Assert.InRange(table.Restore.Cost.PeakBytes, 1, MostMemory);
    }

    [Fact]
    public void A_second_backup_of_an_unchanged_gigabyte_writes_less_than_a_hundredth_of_the_first() =>
        RequireShare(1, 0.01);

    [Fact]
    public void With_a_hundredth_of_new_rows_a_backup_writes_less_than_three_hundredths_of_the_first() =>
        RequireShare(2, 0.03);

    /// <param name="backup">Which backup, from 0.</param>
    /// <param name="most">The most it may have written, as a share of what the first one wrote.</param>
    private void RequireShare(int backup, double most)
    {
        RequireMeasured();
        Assert.InRange(table.DatabaseBytes, 1_000_000_000, long.MaxValue);
        long written = table.RepositoryBytes[backup] - table.RepositoryBytes[backup - 1];
        double share = (double)written / table.RepositoryBytes[0];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{written:N0} bytes written after {table.RepositoryBytes[0]:N0}, of a database of {table.DatabaseBytes:N0}: {share:P3}"));
        Assert.InRange(share, 0, most);
    }

    private static void RequireMeasured()
    {
        if (ConsoleRun.Obstacle is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
