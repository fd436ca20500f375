using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.SqlServer
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SaleStartsAt",
                table: "Prices",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PastPrices",
                columns: table => new
                {
                    Sku = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Currency = table.Column<string>(type: "nchar(3)", fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Regular = table.Column<long>(type: "bigint", nullable: false),
                    Sale = table.Column<long>(type: "bigint", nullable: true),
                    SaleStartsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    SaleEndsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
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
