using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SalesToCome : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LowestBefore",
                table: "Prices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SaleStartsAt",
                table: "Prices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PastPrices",
                columns: table => new
                {
                    Sku = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 3, nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Regular = table.Column<long>(type: "INTEGER", nullable: false),
                    Sale = table.Column<long>(type: "INTEGER", nullable: true),
                    SaleStartsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SaleEndsAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PastPrices", x => new { x.Sku, x.Currency, x.Until });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Prices_SaleStartsAt",
                table: "Prices",
                column: "SaleStartsAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PastPrices");

            migrationBuilder.DropIndex(
                name: "IX_Prices_SaleStartsAt",
                table: "Prices");

            migrationBuilder.DropColumn(
                name: "LowestBefore",
                table: "Prices");

            migrationBuilder.DropColumn(
                name: "SaleStartsAt",
                table: "Prices");
        }
    }
}
