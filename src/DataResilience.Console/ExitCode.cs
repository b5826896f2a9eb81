namespace DataResilience.Console;

/// <summary>What the process tells its caller. The numbers are a contract for the life of the product.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Damaged = 3;
    public const int NothingMatched = 4;
    public const int Busy = 5;

    /// <summary>128 and SIGINT, as shells count it; for SIGTERM too, so that a script has one number for "was stopped".</summary>
    public const int Cancelled = 130;

    public static int Of(DataResilienceException error) =>
        error.ErrorCode == Errors.Cancelled.Code ? Cancelled : Of(error.Kind);

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => Usage,
        ErrorKind.Damaged => Damaged,
        ErrorKind.NothingMatched => NothingMatched,
        ErrorKind.Busy => Busy,
        _ => Failed,
    };
}
