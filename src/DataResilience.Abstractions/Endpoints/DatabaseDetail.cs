namespace DataResilience;

/// <summary>How closely the databases of a server are looked at when they are listed.</summary>
public enum DatabaseDetail
{
    /// <summary>As the server lists them: nothing is connected to for it, so a server does not say how many tables they hold.</summary>
    Names,

    /// <summary>The tables are counted, over a connection to each database.</summary>
    Counts,

    /// <summary>The names of the tables too, as <c>-Table</c> takes them.</summary>
    Tables,
}
