namespace DataResilience.MySql;

/// <summary>
/// What SHOW CREATE VIEW printed: every name in backticks, columns behind the table's. MySQL leaves the view's own database out;
/// MariaDB writes it as soon as the view uses another one too.
/// </summary>
internal sealed class ViewDefinition
{
    private readonly SqlPhrase phrase;
    private readonly string database;
    private readonly List<ObjectReference> references = [];
    private readonly HashSet<int> ownQualifiers = [];
    private readonly HashSet<string> commonTables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Stack<Level> levels = new([new Level()]);

    // What may come next: a table of FROM or JOIN, or the name of a common table expression.
    private bool expectsTable;
    private bool expectsCommonTable;

    private ViewDefinition(string text, string database) => (phrase, this.database) = (new SqlPhrase(text), database);

    /// <summary>The definition, which means the same in a database of another name.</summary>
    internal string Text => phrase.WithoutQualifiers(ownQualifiers);

    /// <summary>What it uses.</summary>
    internal IEnumerable<ObjectReference> References =>
        references.Distinct().Where(item => item.Database.Length > 0 || item.IsRoutine || !commonTables.Contains(item.Name));

    /// <summary>Reads a definition.</summary>
    /// <param name="text">What the server printed.</param>
    /// <param name="database">The database that the view is in.</param>
    internal static ViewDefinition Read(string text, string database)
    {
        var view = new ViewDefinition(text, database);
        view.Pass(view.PassHead());
        return view;
    }

    /// <summary>Goes behind the AS in front of the query.</summary>
    private int PassHead()
    {
        int i = 0;
        while (i < phrase.Count && !phrase.IsWord(i, "VIEW"))
        {
            i++;
        }

        i = NameEnd(i + 1);
        while (i < phrase.Count && !phrase.IsWord(i, "AS"))
        {
            i = phrase.IsSymbol(i, '(') ? phrase.CloseOf(i) : i + 1;
        }

        return i + 1;
    }

    private void Pass(int first)
    {
        for (int i = first; i < phrase.Count; i++)
        {
            switch (phrase[i].Kind)
            {
                case SqlTokenKind.Word:
                    PassWord(i);
                    break;
                case SqlTokenKind.Name:
                    i = PassName(i) - 1;
                    break;
                case SqlTokenKind.Symbol:
                    PassSymbol(i);
                    break;
                default:
                    break;
            }
        }
    }

    private void PassWord(int i)
    {
        Level level = levels.Peek();
        if (phrase.IsWord(i, "SELECT"))
        {
            level.IsQuery = true;
            level.IsCommonTables = false;
        }

        // Behind a query WITH ROLLUP and WITH CHECK OPTION follow; trim(both … from …) has a FROM of its own.
        level.IsCommonTables |= phrase.IsWord(i, "WITH") && !level.IsQuery;
        expectsCommonTable = phrase.IsWord(i, "WITH") ? level.IsCommonTables : expectsCommonTable && phrase.IsWord(i, "RECURSIVE");
        expectsTable = (phrase.IsWord(i, "FROM") && level.IsQuery)
            || phrase.IsWord(i, "JOIN")
            || (phrase.IsWord(i, "STRAIGHT_JOIN") && (phrase.Has(i - 1, SqlTokenKind.Name) || phrase.IsSymbol(i - 1, ')')))
            || (phrase.IsWord(i, "NEXTVAL", "LASTVAL", "SETVAL") && phrase.IsSymbol(i + 1, '('))
            || (expectsTable && phrase.IsWord(i, "LATERAL"));
    }

    private void PassSymbol(int i)
    {
        if (phrase.IsSymbol(i, '('))
        {
            levels.Push(new Level());
            return;
        }

        if (phrase.IsSymbol(i, ')') && levels.Count > 1)
        {
            levels.Pop();
        }

        expectsTable = false;
        expectsCommonTable = phrase.IsSymbol(i, ',') && levels.Peek().IsCommonTables;
    }

    /// <summary>Goes behind a name with all of its parts.</summary>
    private int PassName(int i)
    {
        int end = i + 1;
        while (phrase.IsSymbol(end, '.') && phrase.Has(end + 1, SqlTokenKind.Name))
        {
            end += 2;
        }

        if (expectsCommonTable)
        {
            commonTables.Add(phrase.NameAt(i) ?? "");
        }
        else if (expectsTable || phrase.IsSymbol(end, '('))
        {
            AddReference(i, end, isRoutine: !expectsTable);
        }
        else if (end - i == 5 && phrase.NameAt(i) == database)
        {
            ownQualifiers.Add(i);
        }

        expectsTable = expectsCommonTable = false;
        return end;
    }

    private void AddReference(int i, int end, bool isRoutine)
    {
        bool isQualified = end - i > 1;
        string qualifier = isQualified ? phrase.NameAt(i) ?? "" : "";
        if (isQualified && qualifier == database)
        {
            ownQualifiers.Add(i);
            qualifier = "";
        }

        references.Add(new ObjectReference(qualifier, phrase.NameAt(end - 1) ?? "", isRoutine));
    }

    /// <summary>Goes behind the view's own name.</summary>
    private int NameEnd(int i)
    {
        if (!phrase.IsSymbol(i + 1, '.'))
        {
            return i + 1;
        }

        ownQualifiers.Add(i);
        return i + 3;
    }

    /// <summary>What is between parentheses, and the text as a whole.</summary>
    private sealed class Level
    {
        /// <summary>Whether it is a query, so that a FROM in it names tables.</summary>
        internal bool IsQuery { get; set; }

        /// <summary>Whether common table expressions stand here, in front of the query.</summary>
        internal bool IsCommonTables { get; set; }
    }
}
