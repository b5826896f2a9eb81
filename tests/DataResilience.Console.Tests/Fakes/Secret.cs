using System.Net;
using System.Security;

namespace DataResilience.Console.Tests.Fakes;

internal static class Secret
{
    public static SecureString Of(string text) => new NetworkCredential("", text).SecurePassword;

    public static string? Reveal(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;
}
