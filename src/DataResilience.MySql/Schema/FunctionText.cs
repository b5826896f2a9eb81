using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>What the texts of functions name.</summary>
internal static class FunctionText
{
    /// <summary>Every name in the texts of some functions and of the functions that those name, whatever it is the name of.</summary>
    internal static IEnumerable<string> NamesIn(SchemaAssembly schema, IEnumerable<string> functions)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(functions);
        var seen = new HashSet<int>();
        while (open.TryDequeue(out string? function))
        {
            foreach (int id in schema.Find(function, ObjectKind.Function).Where(seen.Add))
            {
                foreach (string name in NamesIn(schema.Objects[id - 1]).Where(names.Add))
                {
                    open.Enqueue(name);
                }
            }
        }

        return names;
    }

    private static IEnumerable<string> NamesIn(SchemaObject function)
    {
        var phrase = new SqlPhrase(function.Definition, SqlPhrase.QuotingOf(function.Options.GetValueOrDefault(ObjectOption.SqlMode, "")));
        return Enumerable.Range(0, phrase.Count).Select(phrase.NameAt).OfType<string>();
    }
}
