namespace DataResilience.Engine.Tests.Keys;

/// <summary>Asserts that something is refused with an error of the catalogue.</summary>
internal static class Refusal
{
    public static DataResilienceException Of(ErrorDefinition expected, Action action)
    {
        var refusal = Assert.Throws<DataResilienceException>(action);
        Assert.Equal(expected.Code, refusal.ErrorCode);
        return refusal;
    }

    public static async Task<DataResilienceException> OfAsync(ErrorDefinition expected, Func<Task> action)
    {
        var refusal = await Assert.ThrowsAsync<DataResilienceException>(action);
        Assert.Equal(expected.Code, refusal.ErrorCode);
        return refusal;
    }
}
