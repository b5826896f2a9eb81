namespace DataResilience.MySql;

/// <summary>Cuts the numbers of a key into cells whose width is a power of two and whose borders are multiples of it.</summary>
/// <param name="first">The least number.</param>
/// <param name="last">The greatest.</param>
/// <param name="rowsInCell">How many rows a cell is to have.</param>
/// <param name="rows">How many there are in all.</param>
internal sealed class KeyGrid(Int128 first, Int128 last, double rowsInCell, long rows)
{
    // Where at least every eighth number is a row, no cell can have more than eight times what it is to have: nobody need look.
    private const double DenseEnough = 0.125;

    // Below, halving a cell would halve the rows of a range that is small enough.
    private const double Tolerance = 2;

    // Of the cell that has all numbers of all types, with a sign and without.
    private const int MostBits = 66;

    private double Numbers => (double)(last - first) + 1;

    /// <summary>Finds the cuts, ascending.</summary>
    /// <param name="estimate">How many rows there are from a number on and before another.</param>
    /// <param name="most">How many there may be.</param>
    internal async Task<IReadOnlyList<Int128>> CutAsync(Func<Int128, Int128, Task<double>> estimate, int most)
    {
        double density = rows / Numbers;
        var cuts = new List<Int128>();
        if (density >= DenseEnough)
        {
            int bits = (int)Math.Max(Math.Log2(rowsInCell / density), 0);
            while (Numbers / Width(bits) > most)
            {
                bits++;
            }

            for (Int128 cut = Floor(first, bits) + (Int128.One << bits); cut <= last; cut += Int128.One << bits)
            {
                cuts.Add(cut);
            }

            return cuts;
        }

        await SplitAsync(estimate, -(Int128.One << (MostBits - 1)), MostBits, cuts, most);
        return cuts;
    }

    private async Task SplitAsync(Func<Int128, Int128, Task<double>> estimate, Int128 start, int bits, List<Int128> cuts, int most)
    {
        Int128 end = start + (Int128.One << bits);
        bool isInside = start <= last && end > first;
        if (isInside && bits > 0 && cuts.Count < most && await estimate(Max(start, first), Min(end, last + 1)) > rowsInCell * Tolerance)
        {
            await SplitAsync(estimate, start, bits - 1, cuts, most);
            await SplitAsync(estimate, start + (Int128.One << (bits - 1)), bits - 1, cuts, most);
        }
        else if (isInside && start > first)
        {
            cuts.Add(start);
        }
    }

    private static Int128 Max(Int128 one, Int128 other) => one > other ? one : other;

    private static Int128 Min(Int128 one, Int128 other) => one < other ? one : other;

    private static double Width(int bits) => Math.Pow(2, bits);

    /// <summary>The multiple of a power of two that is not greater, of a negative number too.</summary>
    private static Int128 Floor(Int128 number, int bits) => (number >> bits) << bits;
}
