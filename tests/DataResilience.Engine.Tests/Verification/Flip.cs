namespace DataResilience.Engine.Tests.Verification;

/// <summary>A bit that is changed.</summary>
internal sealed record Flip(Place Place, long Bit)
{
    internal string Object => Place.Object;

    internal int Offset => (int)(Bit / 8);

    public override string ToString() => $"{Place.Kind}, bit {Bit} of {Object}";
}
