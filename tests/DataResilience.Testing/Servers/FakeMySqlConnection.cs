using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DataResilience.Testing.Servers;

/// <summary>A client at a <see cref="FakeMySqlServer"/>, packet by packet: a length of three bytes, a number, and the rest.</summary>
public sealed class FakeMySqlConnection(Stream plain, X509Certificate2 certificate, CancellationToken stop) : IAsyncDisposable
{
    // Version 4.1 of the protocol, transactions, LOAD DATA LOCAL, a database at login, methods of authentication by name.
    private const uint Abilities = 0x0008_A289;

    private const uint Encryption = 0x0800;

    private const byte Query = 3;

    private Stream stream = plain;
    private byte number;

    /// <summary>The number of the session in the login.</summary>
    public const int Id = 42;

    /// <summary>Greets, and takes the login.</summary>
    /// <param name="offersTls">Whether it offers encryption; a client that wants it gets it.</param>
    public async Task<byte[]> LogInAsync(bool offersTls)
    {
        await GreetAsync(offersTls);
        byte[] answer = await ReceiveAsync();
        // A request for encryption is the beginning of a login, and no more.
        if (!offersTls || answer.Length > 32)
        {
            return answer;
        }

        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = encrypted;
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        return await ReceiveAsync();
    }

    /// <summary>Says what it is, as a server does first.</summary>
    public Task GreetAsync(bool offersTls)
    {
        uint abilities = Abilities | (offersTls ? Encryption : 0);
        var greeting = new MemoryStream();
        greeting.WriteByte(10);
        greeting.Write("8.4.0-fake\0"u8);
        greeting.Write(BitConverter.GetBytes(Id));
        greeting.Write("12345678\0"u8);
        greeting.Write(BitConverter.GetBytes((ushort)abilities));
        greeting.WriteByte(255);
        greeting.Write([2, 0]);
        greeting.Write(BitConverter.GetBytes((ushort)(abilities >> 16)));
        greeting.WriteByte(21);
        greeting.Write(new byte[10]);
        greeting.Write("123456789012\0"u8);
        greeting.Write("mysql_native_password\0"u8);
        return SendAsync(greeting.ToArray());
    }

    /// <summary>Answers what every session asks first, and what it sets; the first other statement is left to the script.</summary>
    /// <param name="id">The number that the session is told when it asks for it.</param>
    /// <returns>The statement.</returns>
    public async Task<string> ServeAsync(int id = Id)
    {
        while (true)
        {
            string sql = await NextQueryAsync();
            if (sql.StartsWith("SET ", StringComparison.Ordinal))
            {
                await OkAsync();
            }
            else if (sql.StartsWith("SELECT VERSION()", StringComparison.Ordinal))
            {
                await RowAsync("8.4.0", "a fake", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                return sql;
            }
        }
    }

    /// <summary>The next statement; any other command ends the connection.</summary>
    public async Task<string> NextQueryAsync()
    {
        number = 0;
        byte[] command = await ReceiveAsync();
        return command is [Query, ..] ? Encoding.UTF8.GetString(command, 1, command.Length - 1) : throw new EndOfStreamException();
    }

    /// <summary>What the client sends next.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        byte[] head = new byte[4];
        await stream.ReadExactlyAsync(head, stop);
        number = (byte)(head[3] + 1);
        byte[] packet = new byte[head[0] | (head[1] << 8) | (head[2] << 16)];
        await stream.ReadExactlyAsync(packet, stop);
        return packet;
    }

    public async Task SendAsync(byte[] packet)
    {
        byte[] head = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(head, packet.Length);
        head[3] = number++;
        await stream.WriteAsync(head, stop);
        await stream.WriteAsync(packet, stop);
    }

    public Task OkAsync() => SendAsync([0, 0, 0, 2, 0, 0, 0]);

    /// <summary>Refuses, as a server does.</summary>
    public Task RefuseAsync(ushort code, string state, string message) =>
        SendAsync([0xFF, (byte)code, (byte)(code >> 8), (byte)'#', .. Encoding.ASCII.GetBytes(state), .. Encoding.UTF8.GetBytes(message)]);

    /// <summary>Wants another method of authentication.</summary>
    public Task SwitchAsync(string method) => SendAsync([0xFE, .. Encoding.ASCII.GetBytes(method), 0, .. "12345678901234567890\0"u8]);

    /// <summary>Asks the client for a file.</summary>
    public Task AskForFileAsync(string file) => SendAsync([0xFB, .. Encoding.UTF8.GetBytes(file)]);

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(byte[] bytes) => await stream.WriteAsync(bytes, stop);

    /// <summary>Answers nothing until the test has ended.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, stop);

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task RowAsync(params string[] values)
    {
        await SendAsync([(byte)values.Length]);
        foreach (string _ in values)
        {
            // Catalog, database, table twice, name twice; then utf8mb4, length, the type VAR_STRING, no flags.
            await SendAsync([3, .. "def"u8, 0, 0, 0, 1, (byte)'c', 1, (byte)'c', 12, 255, 0, 0, 1, 0, 0, 253, 0, 0, 0, 0, 0]);
        }

        await SendAsync([0xFE, 0, 0, 2, 0]);
        await SendAsync([.. values.SelectMany(value => (byte[])[(byte)value.Length, .. Encoding.UTF8.GetBytes(value)])]);
        await SendAsync([0xFE, 0, 0, 2, 0]);
    }
}
