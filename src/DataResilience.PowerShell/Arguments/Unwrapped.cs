using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Looks behind the wrapping that PowerShell puts around values.</summary>
internal static class Unwrapped
{
    /// <summary>The value without its wrapping.</summary>
    /// <param name="value">A value, wrapped or not.</param>
    /// <returns>The .NET object, or the <see cref="PSObject"/> where there is none behind it.</returns>
    public static object? Of(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>Whether a value was a <typeparamref name="T"/> before it left its process.</summary>
    /// <typeparam name="T">A type of results.</typeparam>
    /// <param name="value">A value.</param>
    /// <returns>True for what a job or Import-Clixml made of it.</returns>
    public static bool IsDeserialized<T>(object? value) =>
        value is PSObject wrapped && wrapped.TypeNames.Contains("Deserialized." + typeof(T).FullName);

    /// <summary>A property of a value, whatever its type.</summary>
    /// <param name="value">A value.</param>
    /// <param name="name">The property.</param>
    /// <returns>What the property holds; null where there is none.</returns>
    public static object? Property(object? value, string name) =>
        value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
