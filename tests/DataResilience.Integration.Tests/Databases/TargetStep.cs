namespace DataResilience.Integration.Tests;

/// <summary>The steps of a restore, as a target sees them.</summary>
internal enum TargetStep
{
    CreateTables,
    LoadBlock,
    CreateOthers,
    Check,
    Prove,
    Commit,
}
