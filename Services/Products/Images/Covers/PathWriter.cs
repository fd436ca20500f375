using System.Globalization;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>Writes SVG path data in as few characters as one decimal allows: relative steps, no needless zero or blank.</summary>
/// <param name="target">Where to write.</param>
public sealed class PathWriter(StringBuilder target)
{
    // The pen in tenths, as it was written: what rounding takes from one step it gives to the next, so errors do not add up.
    private int _x;
    private int _y;
    private char _command;

    /// <summary>Begins a contour.</summary>
    public void MoveTo(double x, double y)
    {
        (_x, _y) = (Tenths(x), Tenths(y));
        Command('M');
        Number(_x);
        Number(_y);
    }

    /// <summary>A straight line.</summary>
    public void LineTo(double x, double y)
    {
        var (stepX, stepY) = (Tenths(x) - _x, Tenths(y) - _y);
        if (stepX == 0 && stepY == 0)
        {
            return;
        }

        Command(stepY == 0 ? 'h' : stepX == 0 ? 'v' : 'l');
        if (stepX != 0)
        {
            Number(stepX);
        }

        if (stepY != 0)
        {
            Number(stepY);
        }

        (_x, _y) = (_x + stepX, _y + stepY);
    }

    /// <summary>A quadratic curve.</summary>
    public void QuadTo(double controlX, double controlY, double x, double y)
    {
        Command('q');
        Step(controlX, controlY, moves: false);
        Step(x, y, moves: true);
    }

    /// <summary>A cubic curve.</summary>
    public void CubicTo(double control1X, double control1Y, double control2X, double control2Y, double x, double y)
    {
        Command('c');
        Step(control1X, control1Y, moves: false);
        Step(control2X, control2Y, moves: false);
        Step(x, y, moves: true);
    }

    /// <summary>Ends a contour.</summary>
    public void Close()
    {
        target.Append('z');
        _command = 'z';
    }

    private static int Tenths(double value) => (int)Math.Round(value * 10);

    private void Step(double x, double y, bool moves)
    {
        var (toX, toY) = (Tenths(x), Tenths(y));
        Number(toX - _x);
        Number(toY - _y);
        if (moves)
        {
            (_x, _y) = (toX, toY);
        }
    }

    private void Command(char command)
    {
        // A repeated command may be left out, and its first number then needs the blank that Number writes.
        if (command != _command || command == 'M')
        {
            target.Append(command);
        }

        _command = command;
    }

    private void Number(int tenths)
    {
        if (tenths >= 0 && char.IsAsciiDigit(target[^1]))
        {
            target.Append(' ');
        }

        if (tenths < 0)
        {
            target.Append('-');
        }

        var (whole, rest) = Math.DivRem(Math.Abs(tenths), 10);
        if (whole > 0 || rest == 0)
        {
            target.Append(CultureInfo.InvariantCulture, $"{whole}");
        }

        if (rest > 0)
        {
            target.Append('.').Append((char)('0' + rest));
        }
    }
}
