using System.Text.RegularExpressions;

namespace DataResilience;

/// <summary>Keeps passwords that stand in an endpoint's text out of every message.</summary>
internal static partial class EndpointSecrets
{
    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "password1", "password2", "password3", "sslpassword", "certificatepassword", "pwd", "passwd", "psw",
    };

    /// <summary>Whether a parameter holds a secret.</summary>
    internal static bool IsSecret(string name) => Secrets.Contains(name.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The text without what stands where a password stands; what follows one is hidden too, since it may be more of it.</summary>
    internal static string Hide(string text)
    {
        int query = text.IndexOf('?', StringComparison.Ordinal);
        string place = query < 0 ? text : text[..query];
        string rest = query < 0 ? "" : text[query..];
        int at = place.LastIndexOf('@');
        int slashes = place.IndexOf("//", StringComparison.Ordinal);
        int colon = slashes < 0 ? -1 : place.IndexOf(':', slashes);
        return HideValues(at > colon && colon > 0 ? $"{place[..colon]}:…{place[at..]}" : place)
            + (SecretName().IsMatch(Uri.UnescapeDataString(rest)) ? "?…" : rest);
    }

    private static string HideValues(string text) =>
        SecretName().Match(text) is { Success: true } secret ? $"{text[..(secret.Index + secret.Length)]}…" : text;

    [GeneratedRegex("(password[1-3]?|pwd|passwd|psw) *=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SecretName();
}
