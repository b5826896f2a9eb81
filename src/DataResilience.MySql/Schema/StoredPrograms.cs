using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Functions, procedures, packages and libraries, triggers and events: texts that somebody gave, each under settings of its own.</summary>
internal sealed class StoredPrograms(ServerSession session, string database, SchemaAssembly schema)
{
    // How SHOW CREATE names its columns: of a routine by what it is, of a trigger in a way of its own.
    private const string TriggerColumn = "SQL Original Statement";

    private readonly string schemaName = SqlText.Value(database);

    /// <summary>Adds what is called by others, before them.</summary>
    internal async Task AddRoutinesAsync(CancellationToken cancellationToken)
    {
        if (session.Version.IsMySqlSince(9, 2))
        {
            await AddLibrariesAsync(cancellationToken);
        }

        IReadOnlyList<StoredProgram> all = await session.QueryAsync(
            $"""
            SELECT ROUTINE_NAME, ROUTINE_TYPE, DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = {schemaName}
            ORDER BY ROUTINE_NAME
            """,
            row => new StoredProgram(row.GetString(1).ToLowerInvariant(), row.GetString(0), row.GetString(2)),
            cancellationToken);
        foreach (string kind in (string[])[ObjectKind.Package, ObjectKind.PackageBody, ObjectKind.Function, ObjectKind.Procedure])
        {
            await AddAsync([.. all.Where(program => program.Kind == kind)], SchemaPhase.PostData, _ => [], cancellationToken);
        }
    }

    /// <summary>Adds the triggers, those of one table and event in the order in which they fire.</summary>
    internal async Task AddTriggersAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredProgram> all = await session.QueryAsync(
            $"""
            SELECT TRIGGER_NAME, DEFINER, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = {schemaName}
            ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER
            """,
            row => new StoredProgram(ObjectKind.Trigger, row.GetString(0), row.GetString(1)) { Table = row.GetString(2) },
            cancellationToken);
        await AddAsync(all, SchemaPhase.PostData, trigger => schema.Find(trigger.Table!, ObjectKind.Table), cancellationToken);
    }

    /// <summary>Adds the events, last of all: an event may fire as soon as it is there.</summary>
    internal async Task AddEventsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredProgram> all = await session.QueryAsync(
            $"SELECT EVENT_NAME, DEFINER FROM information_schema.EVENTS WHERE EVENT_SCHEMA = {schemaName} ORDER BY EVENT_NAME",
            row => new StoredProgram(ObjectKind.Event, row.GetString(0), row.GetString(1)),
            cancellationToken);
        await AddAsync(all, SchemaPhase.PostData, _ => [], cancellationToken);
    }

    private async Task AddLibrariesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredProgram> all = await session.QueryAsync(
            $"SELECT LIBRARY_NAME FROM information_schema.LIBRARIES WHERE LIBRARY_SCHEMA = {schemaName} ORDER BY LIBRARY_NAME",
            row => new StoredProgram(ObjectKind.Library, row.GetString(0), ""),
            cancellationToken);
        await AddAsync(all, SchemaPhase.PostData, _ => [], cancellationToken);
    }

    private async Task AddAsync(
        IReadOnlyList<StoredProgram> programs, SchemaPhase phase, Func<StoredProgram, IEnumerable<int>> needs, CancellationToken cancellationToken)
    {
        if (programs.Count == 0)
        {
            return;
        }

        string kind = programs[0].Kind;
        IReadOnlyList<StoredProgram> read = await ShowCreate.ReadAsync(
            session, kind.ToUpperInvariant(), [.. programs.Select(program => program.Name)], row => Read(kind, row), cancellationToken);
        foreach ((StoredProgram program, StoredProgram shown) in programs.Zip(read))
        {
            Add(program with { Text = shown.Text, Options = shown.Options }, phase, needs(program));
        }
    }

    private void Add(StoredProgram program, SchemaPhase phase, IEnumerable<int> needs)
    {
        if (program.Text is not { } text)
        {
            schema.Warn($"The {program.Kind} '{program.Name}' is left out: the account may not read its definition. Grant it SHOW_ROUTINE (MySQL) or SELECT on mysql.proc (MariaDB).");
            return;
        }

        string mode = program.Options.GetValueOrDefault(ObjectOption.SqlMode, "");
        string definition = program.Kind == ObjectKind.Trigger ? TriggerDefinition.Plain(text, mode) : text;
        if (OwnName.IsIn(definition, database, mode))
        {
            schema.Warn($"The {program.Kind} '{program.Name}' names the database '{database}' in its text: restored under another name it goes on using that one.");
        }

        schema.Add(new NewObject(program.Kind, program.Name, phase, definition)
        {
            Table = program.Table,
            Owner = program.Owner,
            Options = program.Options,
            DependsOn = needs,
        });
    }

    private static StoredProgram Read(string kind, MySqlDataReader row)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string option, string column) in ((string, string)[])
        [
            (ObjectOption.SqlMode, "sql_mode"),
            (ObjectOption.TimeZone, "time_zone"),
            (ObjectOption.CharacterSetClient, "character_set_client"),
            (ObjectOption.CollationConnection, "collation_connection"),
            (ObjectOption.DatabaseCollation, "Database Collation"),
        ])
        {
            if (row.Text(column) is { } value)
            {
                options[option] = value;
            }
        }

        return new StoredProgram(kind, "", "")
        {
            Text = row.Text(kind == ObjectKind.Trigger ? TriggerColumn : $"Create {kind}"),
            Options = options,
        };
    }
}
