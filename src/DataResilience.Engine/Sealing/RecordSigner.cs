namespace DataResilience.Engine.Sealing;

/// <summary>With which key a record is signed.</summary>
internal enum RecordSigner
{
    /// <summary>The slot's own key: manifests, verifications, locks.</summary>
    Slot,

    /// <summary>The admin key: deletions.</summary>
    Admin,
}
