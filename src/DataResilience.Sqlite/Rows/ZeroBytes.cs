using System.Runtime.InteropServices;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>
/// Values of zeros that are bound where the bytes are written into the row later. SQLite reads them from where they are instead of
/// copying them first, and memory that was asked for zeroed and is only read takes no room on Linux.
/// </summary>
internal sealed unsafe partial class ZeroBytes : IDisposable
{
    private readonly List<nint> blocks = [];

    internal int BindText(sqlite3_stmt statement, int place, int bytes, byte encoding) =>
        BindText64(statement.DangerousGetHandle(), place, Take(bytes), (ulong)bytes, 0, encoding);

    internal int BindBlob(sqlite3_stmt statement, int place, int bytes) =>
        BindBlob64(statement.DangerousGetHandle(), place, Take(bytes), (ulong)bytes, 0);

    /// <summary>Takes the values back from a statement, and the copies that it holds of others.</summary>
    internal void Release(sqlite3_stmt statement)
    {
        raw.sqlite3_clear_bindings(statement);
        Dispose();
    }

    public void Dispose()
    {
        blocks.ForEach(block => NativeMemory.Free((void*)block));
        blocks.Clear();
    }

    // The driver's own methods have SQLite copy what is bound (SQLITE_TRANSIENT); a destructor of 0 is SQLITE_STATIC.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_text64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int BindText64(nint statement, int place, nint value, ulong bytes, nint destructor, byte encoding);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_blob64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int BindBlob64(nint statement, int place, nint value, ulong bytes, nint destructor);

    private nint Take(int bytes)
    {
        nint block = (nint)NativeMemory.AllocZeroed((nuint)bytes);
        blocks.Add(block);
        return block;
    }
}
