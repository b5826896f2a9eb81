namespace DataResilience.MySql.Tests;

internal static class Expect
{
    internal static async Task<DataResilienceException> ErrorAsync(ErrorDefinition error, Func<Task> action)
    {
        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(action);
        Assert.Equal((error.Code, failure.Message), (failure.ErrorCode, failure.Message));
        return failure;
    }
}
