using System.Management.Automation;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>Turns a failure of the catalogue into the shell's own form: id, category, target, recommended action.</summary>
internal static class ErrorMapper
{
    /// <summary>The record of a failure.</summary>
    /// <param name="failure">What happened.</param>
    /// <returns>A record to write or to throw.</returns>
    public static ErrorRecord ToRecord(DataResilienceException failure) =>
        new(failure, failure.ErrorCode, CategoryOf(failure.Kind), failure.Target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction },
        };

    /// <summary>The one form of everything that work can throw.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="target">What the work was about.</param>
    /// <returns>The failure itself, or an <c>Unexpected</c> one around it.</returns>
    public static DataResilienceException ToFailure(Exception thrown, string target) =>
        thrown as DataResilienceException ?? Errors.Unexpected.CreateFrom(thrown, target, thrown.Message);

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => ErrorCategory.InvalidArgument,
        ErrorKind.NothingMatched => ErrorCategory.ObjectNotFound,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.Denied => ErrorCategory.PermissionDenied,
        ErrorKind.Conflict => ErrorCategory.ResourceExists,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.Damaged => ErrorCategory.InvalidData,
        ErrorKind.Exhausted => ErrorCategory.LimitsExceeded,
        ErrorKind.Unsupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
