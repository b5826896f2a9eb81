namespace DataResilience.Sqlite.Tests;

/// <summary>The bytes of a block and where its rows end.</summary>
internal sealed record StoredBlock(byte[] Bytes, int[] RowEnds);
