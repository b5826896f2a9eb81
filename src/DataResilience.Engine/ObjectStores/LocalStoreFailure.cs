namespace DataResilience.Engine.ObjectStores;

/// <summary>Says a failure of the file system in the words of the error catalogue.</summary>
internal static class LocalStoreFailure
{
    /// <summary>The catalogue's exception; null if the failure is none of the file system's.</summary>
    public static DataResilienceException? From(Exception exception, string location, bool isWrite) => exception switch
    {
        _ when SystemError.IsFull(exception) => Errors.StoreFull.CreateFrom(exception, location),
        _ when SystemError.IsDenied(exception) && isWrite => Errors.StoreUnwritable.CreateFrom(exception, location, Reason(exception)),
        IOException or UnauthorizedAccessException => Errors.StoreUnreachable.CreateFrom(exception, location, Reason(exception)),
        _ => null,
    };

    // The catalogue's message goes on after the reason.
    private static string Reason(Exception exception) => exception.Message.TrimEnd('.');
}
