namespace DataResilience.Testing.FileLayers;

/// <summary>A file or a directory of a simulated file system.</summary>
internal abstract class SimulatedNode;
