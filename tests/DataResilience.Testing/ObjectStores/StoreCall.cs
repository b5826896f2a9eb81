namespace DataResilience.Testing.ObjectStores;

/// <summary>The calls of an object store.</summary>
public enum StoreCall
{
    Create,
    Read,
    Find,
    List,
    Delete,
}
