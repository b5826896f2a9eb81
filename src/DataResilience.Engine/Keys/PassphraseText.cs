using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace DataResilience.Engine.Keys;

/// <summary>Passphrases as the derivation takes them: NFC (Unicode Standard Annex 15), UTF-8. No string is made on the way.</summary>
internal static class PassphraseText
{
    /// <summary>The most that NFC lengthens UTF-16 text by (Unicode FAQ, Normalization, "maximum expansion").</summary>
    private const int MaxExpansion = 3;

    /// <returns>Bytes that the caller overwrites. They are pinned, so that the collector leaves no copies.</returns>
    /// <exception cref="DataResilienceException"><c>ArgumentInvalid</c>: it is not Unicode text.</exception>
    internal static byte[] ToNormalizedUtf8(SecureString passphrase)
    {
        char[] normalized = GC.AllocateArray<char>(passphrase.Length * MaxExpansion, pinned: true);
        try
        {
            int length = Normalize(passphrase, normalized);
            ReadOnlySpan<char> text = normalized.AsSpan(0, length);
            byte[] bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
            Encoding.UTF8.GetBytes(text, bytes);
            return bytes;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(normalized.AsSpan()));
        }
    }

    private static int Normalize(SecureString passphrase, Span<char> destination)
    {
        char[] text = GC.AllocateArray<char>(passphrase.Length, pinned: true);
        IntPtr unmanaged = Marshal.SecureStringToGlobalAllocUnicode(passphrase);
        try
        {
            Marshal.Copy(unmanaged, text, 0, text.Length);
            return ((ReadOnlySpan<char>)text).TryNormalize(destination, out int length, NormalizationForm.FormC)
                ? length
                : throw new InvalidOperationException("NFC lengthened a text more than threefold.");
        }
        catch (ArgumentException exception)
        {
            throw Errors.ArgumentInvalid.CreateFrom(exception, "Passphrase", "it holds half a character");
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(unmanaged);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }
}
