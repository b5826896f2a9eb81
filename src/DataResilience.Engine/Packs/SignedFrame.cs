using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>
/// What packs and indexes have in common: a head that states the repository and the object's id, a sealed table, and a signed
/// trailer that says where the table is and covers both by a hash.
/// </summary>
/// <param name="Bytes">The object.</param>
/// <param name="Keys">Who may have signed.</param>
/// <param name="Kind">Pack or index.</param>
/// <param name="Id">The id by which it was asked for.</param>
/// <param name="MaxTableBytes">The largest table there can be.</param>
internal readonly record struct SignedFrame(
    ObjectBytes Bytes, IRepositoryKeys Keys, ObjectKind Kind, ObjectId Id, int MaxTableBytes)
{
    /// <summary>The part of the head that both have: common header and id.</summary>
    internal const int LeastHeadBytes = CommonHeader.Size + ObjectId.Size;

    private const int RepositoryIdOffset = CommonHeader.Size - ObjectId.Size;

    /// <summary>Reads the trailer and checks signature and size, or says what is wrong.</summary>
    internal SignedTrailer CheckTrailer(ReadOnlySpan<byte> head, ReadOnlySpan<byte> trailerBytes)
    {
        SignedTrailer trailer = SignedTrailer.Read(trailerBytes);
        if (!SignedTrailer.IsSigned(Keys, Kind, Id, trailerBytes))
        {
            throw Unsigned(head, trailerBytes, trailer);
        }

        if (!trailer.FitsIn(Bytes.Size, LeastHeadBytes, MaxTableBytes) || !SignedTrailer.HasZeros(trailerBytes))
        {
            throw Bytes.Corrupt(ObjectFault.Whole, $"it has {Bytes.Size} bytes, which is not the size that its trailer states");
        }

        return trailer;
    }

    /// <summary>
    /// The signature is not right for this id: is it another object, of another repository or version, or damaged?
    /// </summary>
    private DataResilienceException Unsigned(ReadOnlySpan<byte> head, ReadOnlySpan<byte> trailerBytes, SignedTrailer trailer)
    {
        var statedId = ObjectId.Read(head[CommonHeader.Size..]);
        if (statedId != Id && SignedTrailer.IsSigned(Keys, Kind, statedId, trailerBytes))
        {
            return Bytes.Mismatch(ObjectFault.Whole, $"it is the object {statedId}");
        }

        if (!trailer.FitsIn(Bytes.Size, LeastHeadBytes, MaxTableBytes))
        {
            return Bytes.Corrupt(ObjectFault.Trailer, "it is cut off or changed: the place of the table does not fit the size");
        }

        Bytes.RequireKnown(head, Kind);
        var statedRepository = ObjectId.Read(head[RepositoryIdOffset..]);
        return statedRepository != Keys.RepositoryId
            ? Bytes.Mismatch(ObjectFault.Whole, $"it belongs to the repository {statedRepository}")
            : Bytes.Corrupt(ObjectFault.Trailer, "it is not signed by a slot of this repository, or was changed since");
    }
}
