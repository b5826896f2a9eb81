using System.Diagnostics.CodeAnalysis;

namespace DataResilience.Engine.Packs;

/// <summary>What is wrong with a pack or an index, and with which part of it.</summary>
/// <param name="Object">The name of the object.</param>
/// <param name="Kind">
/// Missing, Corrupt (its bytes are not those that were written) or Mismatch (intact, but not what refers to it).
/// </param>
/// <param name="Part">
/// The part: whole, header, content keys, chunk with its id, chunk table, page with its number, directory, trailer.
/// </param>
/// <param name="Detail">What was found, in words.</param>
internal sealed record ObjectFault(string Object, ProblemKind Kind, string Part, string Detail)
{
    internal const string Whole = "whole";
    internal const string Header = "header";
    internal const string ContentKeys = "content keys";
    internal const string ChunkTable = "chunk table";
    internal const string Directory = "directory";
    internal const string Trailer = "trailer";

    /// <summary>
    /// The error that says this to a user: <c>ObjectMissing</c> or <c>ObjectDamaged</c>. <see cref="TryFind"/> gets the fault
    /// back from it, so that verification can report it and everything else needs no catch.
    /// </summary>
    internal DataResilienceException ToException(string location, Exception? cause = null)
    {
        var fault = new ObjectFaultException(this, cause);
        return Kind == ProblemKind.Missing
            ? Errors.ObjectMissing.CreateFrom(fault, Object, location)
            : Errors.ObjectDamaged.CreateFrom(fault, Object, $"{Part}: {Detail}");
    }

    /// <summary>The fault behind an error; an object of a newer version is one too: by its name, and the others go on.</summary>
    internal static bool TryFind(DataResilienceException exception, [NotNullWhen(true)] out ObjectFault? fault)
    {
        fault = exception.Kind == ErrorKind.Unsupported
            ? new ObjectFault(exception.Target ?? "", ProblemKind.Unexpected, Whole, exception.Message)
            : (exception.InnerException as ObjectFaultException)?.Fault;
        return fault is not null;
    }

    internal static string Chunk(Chunking.ChunkId id) => $"chunk {id}";

    internal static string Page(int number) => $"page {number}";

    public override string ToString() => $"{Kind}: {Object}, {Part}: {Detail}";
}
