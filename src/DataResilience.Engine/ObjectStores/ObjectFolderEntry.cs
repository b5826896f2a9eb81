using DataResilience.Providers;

namespace DataResilience.Engine.ObjectStores;

/// <summary>What a listing finds in a directory: an object, or a directory to go into.</summary>
/// <param name="Key">
/// The name by which it is sorted: a directory's ends in a slash, so that all objects in it come where they belong among its
/// neighbours.
/// </param>
/// <param name="Object">The object; null for a directory.</param>
internal sealed record ObjectFolderEntry(string Key, ObjectDescription? Object);
