using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Verification;

/// <summary>Turns a fault of a pack or an index into a finding.</summary>
internal static class FaultProblem
{
    /// <summary>A fault that costs no table: nothing needs what is damaged, or it can be made again.</summary>
    internal static IntegrityProblem Of(ObjectFault fault) => new()
    {
        Object = fault.Object,
        Kind = fault.Kind,
        Expected = $"the {fault.Part} that was written",
        Actual = fault.Detail,
        Recoverable = true,
    };
}
