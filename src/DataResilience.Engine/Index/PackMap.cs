using System.Diagnostics.CodeAnalysis;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>Packs whose entries are kept in memory, by chunk: some 200 bytes a chunk. Guarded by its owner.</summary>
internal sealed class PackMap
{
    private readonly Dictionary<ObjectId, PackSummary> packs = [];
    private readonly Dictionary<ChunkId, Place> first = [];
    private readonly Dictionary<ChunkId, List<Place>> further = [];

    internal IReadOnlyCollection<PackSummary> Packs => packs.Values;

    internal int EntryCount { get; private set; }

    internal bool Contains(ObjectId packId) => packs.ContainsKey(packId);

    internal void Add(PackSummary pack)
    {
        if (!packs.TryAdd(pack.Pack.Id, pack))
        {
            return;
        }

        for (int i = 0; i < pack.Entries.Count; i++)
        {
            Add(pack.Entries[i].Id, new Place(pack, i));
        }

        EntryCount += pack.Entries.Count;
    }

    internal bool TryFind(ChunkId id, [NotNullWhen(true)] out ChunkLocation? location)
    {
        location = first.TryGetValue(id, out Place place) ? place.Location : null;
        return location is not null;
    }

    internal void Find(ChunkId id, List<Candidate> found)
    {
        if (!first.TryGetValue(id, out Place place))
        {
            return;
        }

        found.Add(new Candidate(place.Location, IsFirstHand: true));
        if (further.TryGetValue(id, out List<Place>? others))
        {
            found.AddRange(others.Select(other => new Candidate(other.Location, IsFirstHand: true)));
        }
    }

    private void Add(ChunkId id, Place place)
    {
        if (first.TryAdd(id, place))
        {
            return;
        }

        if (!further.TryGetValue(id, out List<Place>? others))
        {
            further.Add(id, others = []);
        }

        others.Add(place);
    }

    private readonly record struct Place(PackSummary Pack, int Number)
    {
        internal ChunkLocation Location => new(Pack.Pack, Pack.Entries[Number]);
    }
}
