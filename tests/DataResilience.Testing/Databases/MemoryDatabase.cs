using System.Text;

namespace DataResilience.Testing.Databases;

/// <summary>A database in memory: tables of lines, each with an index that belongs to it, and a view that stands alone.</summary>
public sealed class MemoryDatabase
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> tables = new(StringComparer.Ordinal);

    private readonly List<MemoryObject> objects = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tables => tables;

    public IReadOnlyList<MemoryObject> Objects => objects;

    /// <summary>Adds an object that comes after the tables and what it needs.</summary>
    public MemoryDatabase With(MemoryObject added)
    {
        objects.Add(added);
        return this;
    }

    /// <summary>Adds rows to a table.</summary>
    public void Append(string table, IReadOnlyList<string> rows) => tables[table] = [.. tables[table], .. rows];

    /// <summary>Makes or replaces a table.</summary>
    public MemoryDatabase With(string table, IEnumerable<string> rows)
    {
        tables[table] = [.. rows];
        return this;
    }

    /// <summary>Rows that a seed decides, of about 100 bytes each.</summary>
    public static IEnumerable<string> Rows(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            var row = new StringBuilder().Append(i).Append('|');
            for (int word = 0; word < 10; word++)
            {
                row.Append(random.Next(0x10000000).ToString("x7", System.Globalization.CultureInfo.InvariantCulture)).Append(' ');
            }

            yield return row.ToString();
        }
    }

    public MemoryDatabase Copy()
    {
        var copy = new MemoryDatabase();
        foreach ((string table, IReadOnlyList<string> rows) in tables)
        {
            copy.With(table, rows);
        }

        copy.objects.AddRange(objects);
        return copy;
    }
}
