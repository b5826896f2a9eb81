using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>What a server answers where a table is no longer what it was when the snapshot was opened.</summary>
internal static class TableChange
{
    internal static bool Tells(MySqlException answer) => answer.ErrorCode is
        MySqlErrorCode.TableDefinitionChanged or MySqlErrorCode.NoSuchTable or MySqlErrorCode.BadFieldError
        or MySqlErrorCode.KeyDoesNotExist or MySqlErrorCode.WrongObject;
}
