using System.Globalization;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>The names of the objects that hold keys (docs/repository-format.md, 3).</summary>
internal static class KeyObjectNames
{
    internal const string Repository = "repository.json";
    internal const string Slots = "keys/";
    internal const string Keyrings = "keyring/";
    internal const string Copies = "copies/";

    private const int NumberDigits = 8;
    private const uint MaxNumber = 99_999_999;

    internal static string Slot(ObjectId id) => Slots + id;

    internal static string Keyring(uint number) => Keyrings + number.ToString("D8", CultureInfo.InvariantCulture);

    internal static string CopyOf(string name) => Copies + name;

    /// <summary>The name under which a copy counts; an original's own.</summary>
    internal static string OriginalOf(string name) => name.StartsWith(Copies, StringComparison.Ordinal) ? name[Copies.Length..] : name;

    /// <summary>The copy of an original, the original of a copy.</summary>
    internal static string OtherPlaceOf(string name) =>
        name.StartsWith(Copies, StringComparison.Ordinal) ? OriginalOf(name) : CopyOf(name);

    internal static bool TryParseSlot(string name, out ObjectId id)
    {
        id = default;
        return name.StartsWith(Slots, StringComparison.Ordinal) && ObjectId.TryParse(name.AsSpan(Slots.Length), out id);
    }

    internal static bool TryParseKeyring(string name, out uint number)
    {
        number = 0;
        return name.StartsWith(Keyrings, StringComparison.Ordinal)
            && name.Length == Keyrings.Length + NumberDigits
            && uint.TryParse(name.AsSpan(Keyrings.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number is >= 1 and <= MaxNumber;
    }
}
