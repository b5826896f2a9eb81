namespace DataResilience.Engine.Sealing;

/// <summary>A record whose signature is right and whose payload was opened.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Plain">Its JSON.</param>
/// <param name="Signer">The slot that signed it; <see cref="ObjectId.Zero"/> for the admin key.</param>
/// <param name="Sha256">SHA-256 of the whole object, as <c>seen</c>, tombstones and removed slots name it.</param>
/// <param name="IsRevoked">
/// Its signer was removed since, and the record is not among those that counted then: it must not be used, only reported.
/// </param>
internal sealed record OpenedRecord(ObjectKind Kind, byte[] Plain, ObjectId Signer, byte[] Sha256, bool IsRevoked);
