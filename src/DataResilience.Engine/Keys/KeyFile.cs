using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>A key file: one line with a secret of 32 bytes and a check of it (docs/repository-format.md, 4.2).</summary>
/// <param name="Secret">The secret.</param>
/// <param name="IsExposed">Others than the owner may read the file: worth a warning. Always false on Windows, where rights are inherited.</param>
internal sealed record KeyFile(byte[] Secret, bool IsExposed) : IDisposable
{
    internal const int SecretBytes = 32;

    private const string Tag = "DATARESILIENCE-KEY-1";
    private const int SecretCharacters = 43;
    private const int CheckBytes = 4;
    private const int MaxBytes = 1024;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="DataResilienceException"><c>KeyFileInvalid</c>.</exception>
    internal static KeyFile Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MaxBytes];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            byte[] secret = Parse(path, Encoding.Latin1.GetString(bytes, 0, length).TrimEnd('\r', '\n'));
            CryptographicOperations.ZeroMemory(bytes);
            return new KeyFile(secret, IsReadableByOthers(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.KeyFileInvalid.CreateFrom(exception, path, exception.Message);
        }
    }

    /// <summary>Makes a new key file that its owner alone may read. An existing file is never overwritten.</summary>
    /// <exception cref="DataResilienceException"><c>KeyFileInvalid</c>: it cannot be made there.</exception>
    internal static KeyFile Create(string path, IRandomSource random)
    {
        byte[] secret = new byte[SecretBytes];
        random.Fill(secret);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        try
        {
            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(ToLine(secret)));
            file.Flush(flushToDisk: true);
            return new KeyFile(secret, IsExposed: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.KeyFileInvalid.CreateFrom(exception, path, exception.Message);
        }
    }

    internal static string ToLine(ReadOnlySpan<byte> secret) => $"{Tag} {Base64Url.EncodeToString(secret)} {CheckOf(secret)}\n";

    public void Dispose() => CryptographicOperations.ZeroMemory(Secret);

    /// <summary>No secret in a log: a record would print its fields.</summary>
    public override string ToString() => nameof(KeyFile);

    private static byte[] Parse(string path, string line)
    {
        string[] words = line.Split(' ');
        if (words.Length != 3 || words[0] != Tag || words[1].Length != SecretCharacters)
        {
            throw Errors.KeyFileInvalid.Create(path, $"it is not one line of {Tag}, a secret and its check");
        }

        byte[] secret = new byte[SecretBytes];
        bool isSecret = Base64Url.DecodeFromChars(words[1], secret, out _, out int written) == OperationStatus.Done && written == SecretBytes;
        return isSecret && words[2] == CheckOf(secret)
            ? secret
            : throw Errors.KeyFileInvalid.Create(path, "the check does not fit the secret: it was cut or changed");
    }

    private static string CheckOf(ReadOnlySpan<byte> secret) => Convert.ToHexStringLower(SHA256.HashData(secret).AsSpan(0, CheckBytes));

    private static bool IsReadableByOthers(FileStream file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~(Private | UnixFileMode.UserExecute)) != UnixFileMode.None;
}
