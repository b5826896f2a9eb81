namespace DataResilience.Integration.Tests.BadInput;

/// <summary>Whatever is asked for in vain has an error of its own that names its object and says what to do, and changes nothing.</summary>
public sealed class BadInputTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, BadInputCase> Cases =
        new(RepositoryCases.All.Concat(DatabaseCases.All), StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bad_input_has_its_own_error_and_changes_nothing(string name)
    {
        BadInputCase bad = Cases[name];
        using BadInputScene scene = await BadInputScene.OpenAsync();
        await bad.Arrange(scene);
        IReadOnlyList<string> before = scene.Look(bad.MayCome);

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => bad.Act(scene));

        output.WriteLine($"{failure.ErrorCode}: {failure.Message} {failure.RecommendedAction}");
        Assert.Equal(bad.Expected.Code, failure.ErrorCode);
        Assert.Contains(bad.Names, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
        Assert.Equal(before, scene.Look(bad.MayCome));
    }
}
