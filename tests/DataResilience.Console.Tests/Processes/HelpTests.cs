using System.Diagnostics;

namespace DataResilience.Console.Tests;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_and_success_are_on_standard_output()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dataresilience.dll"), "--help"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;

        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("dataresilience", output, StringComparison.Ordinal);
    }
}
