namespace DataResilience.PostgreSql;

/// <summary>Kinds of schema objects that are treated in a way of their own. The others are pg_dump's words in lower case.</summary>
internal static class ObjectKind
{
    internal const string Database = "database";
    internal const string DatabaseProperties = "database properties";
    internal const string Table = "table";
    internal const string ForeignTable = "foreign table";
    internal const string TableAttach = "table attach";
    internal const string IndexAttach = "index attach";
    internal const string Comment = "comment";
    internal const string SecurityLabel = "security label";
    internal const string Acl = "acl";
    internal const string DefaultAcl = "default acl";
    internal const string EventTrigger = "event trigger";
    internal const string Subscription = "subscription";
    internal const string PublicationTable = "publication table";
    internal const string SequenceOwnedBy = "sequence owned by";
    internal const string RowSecurity = "row security";
    internal const string ForeignKey = "fk constraint";
    internal const string Constraint = "constraint";
    internal const string Index = "index";
    internal const string Sequence = "sequence";
    internal const string View = "view";
    internal const string MaterializedView = "materialized view";
    internal const string Policy = "policy";
    internal const string Publication = "publication";
    internal const string Statistics = "statistics";
    internal const string Extension = "extension";

    /// <summary>Not pg_dump's: the value of a sequence.</summary>
    internal const string SequenceSet = "sequence set";

    /// <summary>Not pg_dump's: large objects of one owner with the same privileges, empty.</summary>
    internal const string LargeObject = "large object";

    /// <summary>Not pg_dump's: a materialized view gets its rows.</summary>
    internal const string Refresh = "refresh";

    /// <summary>The database as a whole, and settings of the archive, which every session has already.</summary>
    internal static bool IsOfDatabase(string kind) => kind is Database or DatabaseProperties or "encoding" or "stdstrings" or "searchpath";

    /// <summary>What is said of another object, the first that it depends on, and belongs where that belongs.</summary>
    internal static bool FollowsBearer(string kind) => kind is Comment or SecurityLabel or Acl or SequenceOwnedBy;
}
