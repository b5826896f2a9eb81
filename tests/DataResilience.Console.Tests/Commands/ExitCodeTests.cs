using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Commands;

public sealed class ExitCodeTests
{
    public static TheoryData<string> Codes => [.. Errors.All.Select(error => error.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_error_of_the_catalogue_has_the_exit_code_of_its_kind(string code)
    {
        ErrorDefinition definition = Errors.All.Single(error => error.Code == code);
        var run = new FakeRun();
        run.Operations.Fail(definition.Create("one", "two", "three", "four", "five"));

        int exitCode = await run.RunAsync("backup", "sqlite:a.db");

        Assert.Equal(Expected(definition), exitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_verification_that_found_damage_ends_with_3_and_shows_it()
    {
        var run = new FakeRun();
        run.Operations.Answer((BackupIntegrity[])[Results.Sound, Results.Damaged]);

        Assert.Equal(3, await run.RunAsync("verify", "--quiet"));

        Assert.Contains("packs/ab/abcdef", run.Output, StringComparison.Ordinal);
        Assert.Contains("orders", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Damage_found_at_level_catalog_counts_although_nothing_was_said_to_be_invalid()
    {
        var run = new FakeRun();
        run.Operations.Answer((BackupIntegrity[])[Results.Damaged with { IsValid = null, Level = IntegrityLevel.Catalog }]);

        Assert.Equal(3, await run.RunAsync("verify", "--level", "catalog"));
    }

    [Fact]
    public async Task A_failed_check_of_a_repository_ends_with_1()
    {
        var run = new FakeRun();
        run.Operations.Answer((RepositoryCheck[])[Results.Check with { Status = CheckStatus.Failed }]);

        Assert.Equal(1, await run.RunAsync("repository", "test"));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("databases", "sqlite:.")]
    [InlineData("key", "list")]
    [InlineData("verify")]
    public async Task An_empty_list_is_not_a_success(params string[] args)
    {
        var run = new FakeRun();
        Type result = OperationCommands.ResultOf(OperationCommands.RequestOf(OperationCommands.All.Single(
            command => OperationCommands.Path(command).SequenceEqual(args.Where(word => !word.Contains(':', StringComparison.Ordinal)))))!)!;
        run.Operations.Answer(Array.CreateInstance(result.GetGenericArguments()[0], 0));

        Assert.Equal(4, await run.RunAsync(args));

        Assert.StartsWith("error NothingMatched: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_operation_ends_with_130()
    {
        var run = new FakeRun();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal(130, await run.Application.RunAsync(["list"], cancelled.Token));

        Assert.StartsWith("error Cancelled: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_failure_is_told_without_a_trace_and_with_one_for_debug()
    {
        var run = new FakeRun();
        run.Operations.Fail(new InvalidTimeZoneException("the moon")).Fail(new InvalidTimeZoneException("the moon"));

        Assert.Equal(1, await run.RunAsync("list"));
        Assert.StartsWith("error Unexpected: An unexpected failure happened with 'list': the moon.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);

        Assert.Equal(1, await run.RunAsync("list", "--debug"));
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }

    private static int Expected(ErrorDefinition definition) => (definition.Code, definition.Kind) switch
    {
        ("Cancelled", _) => 130,
        (_, ErrorKind.Usage) => 2,
        (_, ErrorKind.Damaged) => 3,
        (_, ErrorKind.NothingMatched) => 4,
        (_, ErrorKind.Busy) => 5,
        _ => 1,
    };
}
