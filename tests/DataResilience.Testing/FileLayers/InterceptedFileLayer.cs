using DataResilience.Engine.ObjectStores;

namespace DataResilience.Testing.FileLayers;

/// <summary>Calls a function before every step; it may throw, look, or say false to leave a sync out.</summary>
internal sealed class InterceptedFileLayer(IFileLayer inner, Func<FileOperation, string, bool> admit) : FileLayerDecorator(inner)
{
    protected override bool Admit(FileOperation operation, string path) => admit(operation, path);
}
