namespace DataResilience.Console.Tests.Processes;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("backup", "--help")]
    [InlineData("--version")]
    public async Task Help_and_version_are_on_standard_output(params string[] args)
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(AppContext.BaseDirectory, args);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.NotEqual("", result.Output);
    }

    [Fact]
    public async Task A_usage_error_is_on_standard_error()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(AppContext.BaseDirectory, "bakup");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("dataresilience [command] [options]", result.Error, StringComparison.Ordinal);
    }
}
