using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>
/// Reads the table of contents of an archive of <c>pg_dump --format=custom</c>, versions 1.14 (PostgreSQL 12 to 15) to 1.16 (17 and
/// 18). Names, definitions and dependencies are fields there; nothing is taken out of SQL text.
/// </summary>
internal sealed class ArchiveReader
{
    /// <summary>How large an archive may be, in bytes: a schema has to fit into memory.</summary>
    internal const long MaxBytes = 512L * 1024 * 1024;

    private const int CustomFormat = 1;
    private const int FirstVersion = 14;
    private const int VersionWithCompressionName = 15;
    private const int VersionWithRelationKind = 16;
    private const int LastVersion = 16;
    private const int LargestSize = 8;
    private const int NumbersOfCreationTime = 7;
    private const int TextsOfOrigin = 3;

    private readonly ArchiveBytes bytes;
    private Version version = new(1, 0);
    private int offsetSize;

    private ArchiveReader(Stream stream)
    {
        bytes = new ArchiveBytes(stream, MaxBytes);
    }

    /// <summary>Reads as far as the table of contents goes; what follows is left in the stream.</summary>
    /// <exception cref="ArchiveFormatException">It is no archive, or not a whole one.</exception>
    /// <exception cref="DataResilienceException"><c>FeatureUnsupported</c>: its version is not known here.</exception>
    internal static async Task<ArchiveContents> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new ArchiveReader(stream);
        await reader.ReadHeaderAsync(cancellationToken);
        return new ArchiveContents(reader.version, await reader.ReadEntriesAsync(cancellationToken));
    }

    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        foreach (char letter in "PGDMP")
        {
            if (await bytes.ReadByteAsync(cancellationToken) != letter)
            {
                throw new ArchiveFormatException("it does not begin as one");
            }
        }

        int major = await bytes.ReadByteAsync(cancellationToken);
        int minor = await bytes.ReadByteAsync(cancellationToken);
        int revision = await bytes.ReadByteAsync(cancellationToken);
        version = new Version(major, minor, revision);
        if (major != 1 || minor is < FirstVersion or > LastVersion)
        {
            throw Errors.FeatureUnsupported.Create(
                $"pg_dump archive {version.ToString(2)}", $"versions 1.{FirstVersion} to 1.{LastVersion} are known here");
        }

        bytes.NumberSize = await ReadSizeAsync(cancellationToken);
        offsetSize = await ReadSizeAsync(cancellationToken);
        if (await bytes.ReadByteAsync(cancellationToken) != CustomFormat)
        {
            throw new ArchiveFormatException("it is not in the custom format");
        }

        if (minor >= VersionWithCompressionName)
        {
            await bytes.SkipAsync(1, cancellationToken);
        }
        else
        {
            await bytes.ReadNumberAsync(cancellationToken);
        }

        await SkipOriginAsync(cancellationToken);
    }

    private async Task<int> ReadSizeAsync(CancellationToken cancellationToken)
    {
        int size = await bytes.ReadByteAsync(cancellationToken);
        return size is >= sizeof(int) and <= LargestSize ? size : throw new ArchiveFormatException("the size of its numbers is wrong");
    }

    /// <summary>When it was made, of which database, and by which versions: known here already.</summary>
    private async Task SkipOriginAsync(CancellationToken cancellationToken)
    {
        for (int i = 0; i < NumbersOfCreationTime; i++)
        {
            await bytes.ReadNumberAsync(cancellationToken);
        }

        for (int i = 0; i < TextsOfOrigin; i++)
        {
            await bytes.ReadTextAsync(cancellationToken);
        }
    }

    private async Task<List<ArchiveEntry>> ReadEntriesAsync(CancellationToken cancellationToken)
    {
        int count = await bytes.ReadNumberAsync(cancellationToken);
        if (count < 0)
        {
            throw new ArchiveFormatException("it states a negative number of entries");
        }

        var entries = new List<ArchiveEntry>();
        var ids = new HashSet<int>();
        for (int i = 0; i < count; i++)
        {
            ArchiveEntry entry = await ReadEntryAsync(cancellationToken);
            if (entry.Id <= 0 || !ids.Add(entry.Id))
            {
                throw new ArchiveFormatException($"the number {entry.Id} of an entry is wrong");
            }

            entries.Add(entry);
        }

        return entries;
    }

    private async Task<ArchiveEntry> ReadEntryAsync(CancellationToken cancellationToken)
    {
        int id = await bytes.ReadNumberAsync(cancellationToken);
        // Whether it has rows: none has, in an archive of the schema alone.
        await bytes.ReadNumberAsync(cancellationToken);
        uint catalog = await ReadOidAsync(cancellationToken);
        uint oid = await ReadOidAsync(cancellationToken);
        string tag = await TextAsync(cancellationToken);
        string kind = await TextAsync(cancellationToken);
        ArchiveSection section = await ReadSectionAsync(cancellationToken);
        string definition = await TextAsync(cancellationToken);
        string drop = await TextAsync(cancellationToken);
        // How rows would be copied.
        await TextAsync(cancellationToken);
        string schema = await TextAsync(cancellationToken);
        string tablespace = await TextAsync(cancellationToken);
        string accessMethod = await TextAsync(cancellationToken);
        if (version.Minor >= VersionWithRelationKind)
        {
            await bytes.ReadNumberAsync(cancellationToken);
        }

        string owner = await TextAsync(cancellationToken);
        // Whether a table has the numbered rows of PostgreSQL 11 and older.
        await TextAsync(cancellationToken);
        List<int> dependencies = await ReadDependenciesAsync(cancellationToken);
        // Where its rows are in the archive: a flag, and an offset.
        await bytes.SkipAsync(1 + offsetSize, cancellationToken);
        return new ArchiveEntry
        {
            Id = id,
            Catalog = new CatalogId(catalog, oid),
            Tag = tag,
            Kind = kind,
            Section = section,
            Definition = definition,
            Drop = drop,
            Schema = schema,
            Tablespace = tablespace,
            AccessMethod = accessMethod,
            Owner = owner,
            DependsOn = dependencies,
        };
    }

    private async Task<List<int>> ReadDependenciesAsync(CancellationToken cancellationToken)
    {
        var ids = new List<int>();
        while (await bytes.ReadTextAsync(cancellationToken) is { } text)
        {
            ids.Add(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? id
                : throw new ArchiveFormatException("a dependency in it is no number"));
        }

        return ids;
    }

    private async ValueTask<uint> ReadOidAsync(CancellationToken cancellationToken) =>
        uint.TryParse(await bytes.ReadTextAsync(cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out uint oid)
            ? oid
            : throw new ArchiveFormatException("the catalog number of an entry is none");

    private async ValueTask<ArchiveSection> ReadSectionAsync(CancellationToken cancellationToken)
    {
        var section = (ArchiveSection)await bytes.ReadNumberAsync(cancellationToken);
        return Enum.IsDefined(section) ? section : throw new ArchiveFormatException("the section of an entry is none");
    }

    private async ValueTask<string> TextAsync(CancellationToken cancellationToken) => await bytes.ReadTextAsync(cancellationToken) ?? "";
}
