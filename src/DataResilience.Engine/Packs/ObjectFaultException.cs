namespace DataResilience.Engine.Packs;

/// <summary>Carries a fault inside the error that users see.</summary>
internal sealed class ObjectFaultException(ObjectFault fault, Exception? cause) : Exception(fault.ToString(), cause)
{
    internal ObjectFault Fault { get; } = fault;
}
