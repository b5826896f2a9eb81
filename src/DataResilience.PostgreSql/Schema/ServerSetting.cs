using System.Text;

namespace DataResilience.PostgreSql;

/// <summary>A setting that a database or a role keeps.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sql">Its value as it stands behind <c>SET name TO</c>.</param>
internal sealed record ServerSetting(string Name, string Sql)
{
    /// <summary>Those whose value is a list of names: in quotes as a whole it would be one name.</summary>
    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase)
    {
        "local_preload_libraries", "search_path", "session_preload_libraries", "shared_preload_libraries", "temp_tablespaces",
        "unix_socket_directories",
    };

    /// <summary>Reads what the catalog has, <c>name=value</c>.</summary>
    internal static ServerSetting Parse(string line)
    {
        int place = line.IndexOf('=', StringComparison.Ordinal);
        string name = line[..place];
        string value = line[(place + 1)..];
        return new ServerSetting(name, Lists.Contains(name) ? ListSql(value) : SqlName.Text(value).TrimStart());
    }

    private static string ListSql(string value)
    {
        List<string> items = Split(value);
        return items.Count == 0 ? "''" : string.Join(", ", items.Select(item => SqlName.Text(item).TrimStart()));
    }

    private static List<string> Split(string value)
    {
        var items = new List<string>();
        int place = 0;
        while (place < value.Length)
        {
            var item = new StringBuilder();
            bool isQuoted = false;
            for (; place < value.Length && (isQuoted || value[place] != ','); place++)
            {
                if (value[place] != '"')
                {
                    item.Append(value[place]);
                }
                else if (isQuoted && place + 1 < value.Length && value[place + 1] == '"')
                {
                    item.Append(value[place++]);
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }

            // Past the comma.
            place++;
            items.Add(item.ToString().Trim());
        }

        return items;
    }
}
