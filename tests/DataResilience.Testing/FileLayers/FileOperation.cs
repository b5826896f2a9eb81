namespace DataResilience.Testing.FileLayers;

/// <summary>The steps that a local store takes on files.</summary>
internal enum FileOperation
{
    Create,
    Write,
    SyncFile,
    Rename,
    Delete,
    MakeDirectory,
    SyncDirectory,
    Open,
    Read,
    List,
}
