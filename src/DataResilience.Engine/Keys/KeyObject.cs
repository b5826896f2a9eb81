namespace DataResilience.Engine.Keys;

/// <summary>An object to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record KeyObject(string Name, byte[] Content)
{
    /// <summary>An object and its copy, in this order.</summary>
    internal static KeyObject[] Twice(string name, byte[] content) => [new(name, content), new(KeyObjectNames.CopyOf(name), content)];
}
