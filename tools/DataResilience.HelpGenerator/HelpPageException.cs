namespace DataResilience.HelpGenerator;

/// <summary>A page does not hold what help needs.</summary>
internal sealed class HelpPageException(string page, string message) : Exception(message)
{
    public string Page { get; } = page;
}
