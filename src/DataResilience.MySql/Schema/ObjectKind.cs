namespace DataResilience.MySql;

/// <summary>Kinds of schema objects.</summary>
internal static class ObjectKind
{
    internal const string Table = "table";

    /// <summary>A secondary index that is made after the rows.</summary>
    internal const string Index = "index";

    internal const string ForeignKey = "foreign key";
    internal const string View = "view";
    internal const string Trigger = "trigger";
    internal const string Function = "function";
    internal const string Procedure = "procedure";
    internal const string Package = "package";
    internal const string PackageBody = "package body";
    internal const string Event = "event";

    /// <summary>Code that routines share, of MySQL 9.2 and newer.</summary>
    internal const string Library = "library";

    internal const string Sequence = "sequence";

    /// <summary>The value that a sequence goes on from.</summary>
    internal const string SequenceValue = "sequence value";

    /// <summary>An account, or a role.</summary>
    internal const string User = "user";

    /// <summary>What an account may do in the database, or which role it has.</summary>
    internal const string Grant = "grant";
}
